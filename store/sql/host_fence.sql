UPDATE dateline_store.host SET fence = fence + 1 WHERE host_key = $1
RETURNING fence, operator
