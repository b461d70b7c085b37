SELECT url, last_outcome, last_code, failures, last_fetch_at, next_fetch_at
FROM dateline_store.page WHERE failures > 0
ORDER BY failures DESC, url LIMIT $1
