-- The host_key under which page $2 is kept: that of its URL as it is spelt, $1,
-- or another spelling's that came before.
SELECT host_key FROM dateline_store.page
WHERE url_key = $2 AND (kind = 'page' OR host_key = $1)
ORDER BY host_key = $1 DESC LIMIT 1
