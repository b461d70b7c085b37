-- Stories whose versions merge $1 brought.
SELECT DISTINCT story_id FROM dateline_store.version_map WHERE merge_id = $1
