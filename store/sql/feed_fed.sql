-- A list: $1 host_key, $2 url_key, $3 when it gave entries; null: when it did
-- stays; $4 how many more nobody may fetch.
UPDATE dateline_store.page SET fed_at = coalesce($3, fed_at), unfed = 0,
	unfit = $4
WHERE host_key = $1 AND url_key = $2
