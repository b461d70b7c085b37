-- Arrays, an item a stretch. $14: bylines in the text form of text[].
INSERT INTO dateline_store.sighting (story_id, url_key, first_seen_at,
	last_seen_at, text_hash, version_of, version, coverage, flips, stealth,
	pending, changed_at, rule, byline, credit, place, note, updated_at,
	updated_raw, zone_known)
SELECT a, b, c, d, e, f, g, h, i, j, k, l, m, n::text[], o, p, q, r, s, t
FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::timestamptz[],
	$5::uuid[], $6::bigint[], $7::int[], $8::real[], $9::int[], $10::bool[],
	$11::bool[], $12::timestamptz[], $13::text[], $14::text[], $15::text[],
	$16::text[], $17::text[], $18::timestamptz[], $19::text[], $20::bool[])
	x(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t)
