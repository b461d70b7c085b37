-- What of a host was refused as a trap: $1 host_key.
SELECT pattern, refused, last_refused_at, last_refused_url, last_refused_why
FROM dateline_store.pattern
WHERE host_key = $1 AND refused > 0 ORDER BY refused DESC, pattern LIMIT 20
