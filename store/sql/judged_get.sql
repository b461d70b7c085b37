SELECT body_hash FROM dateline_store.judged
WHERE host_key = $1 AND capture_id = $2
