DELETE FROM dateline_store.version_map WHERE merge_id = $1
