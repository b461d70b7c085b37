UPDATE dateline_store.page SET front = true
WHERE host_key = $1 AND url_key = $2 AND NOT front
