DELETE FROM dateline_store.sketch WHERE effective_at < $1 RETURNING 1
