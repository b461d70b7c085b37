-- Stories worth judging. $1 sketch hashes, $2/$3 window of effective_at,
-- $4 hashes of long sentences, $5 key of the canonical URL, $6 how many.
-- Three shared shingles of a sketch find every labelled true pair
-- (design.md, "What was measured").
WITH found AS (
	SELECT story_id, max(n) AS n FROM (
		SELECT k.story_id, count(*) AS n
		FROM dateline_store.sketch k
		WHERE k.hash = ANY ($1::bigint[])
			AND k.effective_at BETWEEN $2 AND $3
		GROUP BY k.story_id, k.version HAVING count(*) >= 3
	) v GROUP BY story_id
	UNION ALL
	SELECT story_id, 1000000 + count(DISTINCT hash)
	FROM dateline_store.sentence
	WHERE hash = ANY ($4::bigint[]) GROUP BY story_id
	UNION ALL
	SELECT story_id, 2000000 FROM dateline_store.page
	WHERE canonical_key = $5 AND story_id IS NOT NULL
)
SELECT coalesce(s.merged_into, s.story_id), max(f.n)
FROM found f JOIN dateline_store.story s ON s.story_id = f.story_id
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $6
