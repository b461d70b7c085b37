-- Bytes from before $1, but those that a page which is still visited shows: a
-- raised revision reads them again.
DELETE FROM dateline_store.body b
WHERE coalesce(b.first_at, '-infinity') < $1
	AND NOT EXISTS (SELECT FROM dateline_store.page g
		WHERE g.host_key = b.host_key AND g.body_hash = b.body_hash
		AND g.next_fetch_at IS NOT NULL AND NOT g.paused)
RETURNING 1
