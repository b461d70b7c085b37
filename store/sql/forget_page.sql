-- Page $1, to be forgotten.
SELECT g.host_key, g.url_key, g.url, g.forgotten_at IS NOT NULL, true
FROM dateline_store.page g WHERE g.url_key = $1
