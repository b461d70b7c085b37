-- The rows of merge $1 are today's.
UPDATE dateline_store.version_map SET current = true WHERE merge_id = $1
