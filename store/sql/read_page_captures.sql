-- The visits of a page ($1 url_key), latest first.
SELECT fetched_at, outcome, http_status, code FROM dateline_store.capture
WHERE url_key = $1 ORDER BY fetched_at DESC LIMIT 200
