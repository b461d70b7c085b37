-- Arrays, an item a version. $6: bylines in the text form of text[].
INSERT INTO dateline_store.version (story_id, version, text_hash, url_key,
	outlet_id, byline, credit, place, language, created_at, updated_at,
	effective_at, first_seen_at, last_seen_at, words, previous_version,
	change_kind, words_added, words_removed, stealth, note)
SELECT a, b, c, d, e, f::text[], g, h, i, j, k, l, m, n, o, p, q, r, s, t, u
FROM unnest($1::bigint[], $2::int[], $3::uuid[], $4::uuid[], $5::bigint[],
	$6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[],
	$11::timestamptz[], $12::timestamptz[], $13::timestamptz[],
	$14::timestamptz[], $15::int[], $16::int[], $17::text[], $18::int[],
	$19::int[], $20::bool[], $21::text[])
	x(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u)
