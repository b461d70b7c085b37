-- What gave entries and gives none now: $1 visits in a row at least.
SELECT url, unfed, fed_at FROM dateline_store.page
WHERE kind <> 'page' AND unfed >= $1 AND NOT paused AND next_fetch_at IS NOT NULL
ORDER BY fed_at, url LIMIT 10
