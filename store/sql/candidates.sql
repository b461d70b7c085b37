-- Stories worth judging, for several texts at once. $1 a text (1-based) and $2
-- a hash of its sketch, side by side; $3/$4 windows of effective_at, by text;
-- $5 a text and $6 a hash of its long sentences; $7 keys of canonical URLs, by
-- text; $8/$9 around all windows, which alone say what partitions are read:
-- texts of one question lie near one another in time. $10 how many stories a text, and $11 stories told beyond that.
-- A story is worth what it shares: hashes of a sketch, 3 for a sentence
-- (SENTENCE_HASHES), 1,000,000 for the canonical URL; of each kind the most that
-- one of its homes has. Three shared shingles of a sketch find every labelled true pair
-- (design.md, "What was measured"). Lookups are fenced (OFFSET 0): each is one
-- of an index, whatever statistics say.
WITH found AS (
	SELECT v.i, v.story_id, 0 AS kind, max(v.n) AS n,
		NULL::bigint[] AS hashes, NULL::uuid AS page
	FROM (SELECT k.i, s.story_id, s.version, count(*) AS n
		FROM unnest($1::int[], $2::bigint[]) k(i, hash)
		CROSS JOIN LATERAL (SELECT x.story_id, x.version, x.effective_at
			FROM dateline_store.sketch x WHERE x.hash = k.hash
			AND x.effective_at BETWEEN $8 AND $9 OFFSET 0) s
		WHERE s.effective_at BETWEEN ($3::timestamptz[])[k.i]
			AND ($4::timestamptz[])[k.i]
		GROUP BY k.i, s.story_id, s.version HAVING count(*) >= 3) v
	GROUP BY v.i, v.story_id
	UNION ALL
	SELECT k.i, s.story_id, 1, 3 * count(DISTINCT k.hash),
		array_agg(DISTINCT k.hash), NULL
	FROM unnest($5::int[], $6::bigint[]) k(i, hash)
	CROSS JOIN LATERAL (SELECT x.story_id FROM dateline_store.sentence x
		WHERE x.hash = k.hash OFFSET 0) s
	GROUP BY k.i, s.story_id
	UNION ALL
	SELECT k.i, p.story_id, 2, 1000000, NULL, p.url_key
	FROM unnest($7::uuid[]) WITH ORDINALITY k(canonical, i)
	CROSS JOIN LATERAL (SELECT x.story_id, x.url_key
		FROM dateline_store.page x
		WHERE x.canonical_key = k.canonical AND x.story_id IS NOT NULL
		OFFSET 0) p
), rooted AS (
	SELECT f.*, s.root
	FROM found f CROSS JOIN LATERAL (SELECT x.root
		FROM dateline_store.story x WHERE x.story_id = f.story_id
		OFFSET 0) s
), ranked AS (
	SELECT k.i, k.root, row_number() OVER (PARTITION BY k.i
		ORDER BY sum(k.n) DESC, k.root) AS rank
	FROM (SELECT r.i, r.root, r.kind, max(r.n) AS n FROM rooted r
		GROUP BY r.i, r.root, r.kind) k
	GROUP BY k.i, k.root
)
SELECT r.i, r.root, r.story_id, r.n, r.hashes, r.page
FROM rooted r JOIN ranked USING (i, root)
WHERE rank <= $10 OR r.root = ANY ($11::bigint[])
ORDER BY r.i, rank
