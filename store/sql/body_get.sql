SELECT zstd, bytes, content_type FROM dateline_store.body
WHERE host_key = $1 AND body_hash = $2
