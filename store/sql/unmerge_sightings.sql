DELETE FROM dateline_store.sighting_map WHERE merge_id = $1
