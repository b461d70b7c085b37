DELETE FROM dateline_store.capture WHERE fetched_at < $1 RETURNING 1
