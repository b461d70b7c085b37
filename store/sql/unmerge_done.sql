UPDATE dateline_store.merge SET undone_by = $2
WHERE merge_id = $1
