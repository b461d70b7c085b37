UPDATE dateline_store.host SET paused = $2 WHERE host_key = $1
RETURNING authority
