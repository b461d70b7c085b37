-- Arrays, an item a text; the last of two with the same key counts.
INSERT INTO dateline_store.text (story_id, text_hash, version_of, version,
	title, summary, body, revision, opens)
SELECT DISTINCT ON (x.a, x.b) x.a, x.b, x.c, x.d, x.e, x.f, x.g, x.h, x.j
FROM unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::int[], $5::text[],
	$6::text[], $7::text[], $8::int[], $9::bool[]) WITH ORDINALITY
	x(a, b, c, d, e, f, g, h, j, i)
ORDER BY x.a, x.b, x.i DESC
ON CONFLICT (story_id, text_hash) DO UPDATE SET
	version_of = excluded.version_of, version = excluded.version,
	opens = text.opens OR excluded.opens
