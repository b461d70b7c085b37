-- What a visit says of its host: $1 host_key, $2 robots.txt refused it (1 or
-- 0), $3 a text came.
UPDATE dateline_store.host SET refusals = refusals + $2::int,
	broken_since = CASE WHEN NOT $3 THEN broken_since END
WHERE host_key = $1 AND ($2::int > 0 OR broken_since IS NOT NULL AND $3)
