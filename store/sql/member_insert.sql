INSERT INTO dateline_store.membership (story_id, url_key, from_at, to_at,
	by_whom, why)
SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[],
	$4::timestamptz[], $5::text[], $6::text[])
