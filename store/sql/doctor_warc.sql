-- WARC files that kept bytes lie in, over all times alike and the latest ones: a
-- few looks into an index, however many bytes there are. How many of those
-- looked at lie in each, and how many nowhere else.
WITH ends AS (
	SELECT min(first_at) AS oldest, max(first_at) AS latest
	FROM dateline_store.body
), looks AS (
	SELECT DISTINCT b.host_key, b.body_hash, b.warc_file, b.alone
	FROM ends, generate_series(0, 100) n, LATERAL (
		SELECT host_key, body_hash, warc_file, zstd IS NULL AS alone
		FROM dateline_store.body
		WHERE first_at >= oldest + (latest - oldest) * (n / 100.0)
		ORDER BY first_at LIMIT 20) b
	UNION
	SELECT host_key, body_hash, warc_file, alone FROM (
		SELECT host_key, body_hash, warc_file, zstd IS NULL AS alone
		FROM dateline_store.body WHERE first_at IS NOT NULL
		ORDER BY first_at DESC LIMIT 500) x
)
SELECT warc_file, count(*), count(*) FILTER (WHERE alone)
FROM looks WHERE warc_file IS NOT NULL
GROUP BY warc_file ORDER BY warc_file
