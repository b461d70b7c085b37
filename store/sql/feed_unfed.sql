-- It was none: $1 host_key, $2 url_key, $3 how many visits in a row.
UPDATE dateline_store.page SET unfed = $3
WHERE host_key = $1 AND url_key = $2
