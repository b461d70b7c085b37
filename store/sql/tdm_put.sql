UPDATE dateline_store.host SET tdm = $2, tdm_at = $3 WHERE host_key = $1
