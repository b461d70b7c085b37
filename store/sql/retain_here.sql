UPDATE dateline_store.body SET zstd = $3 WHERE host_key = $1 AND body_hash = $2
