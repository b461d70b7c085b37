-- Arrays, an item a posting. $8: flips in the text form of timestamptz[].
INSERT INTO dateline_store.posting (story_id, url_key, host_key, url,
	outlet_id, external_id, status, flips, match_score, match_reason)
SELECT a, b, c, d, e, f, g, h::timestamptz[], i, j
FROM unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::text[], $5::bigint[],
	$6::text[], $7::text[], $8::text[], $9::real[], $10::text[])
	x(a, b, c, d, e, f, g, h, i, j)
ON CONFLICT (story_id, url_key) DO UPDATE SET status = excluded.status,
	flips = excluded.flips,
	external_id = coalesce(excluded.external_id, posting.external_id)
