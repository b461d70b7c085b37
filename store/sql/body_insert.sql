INSERT INTO dateline_store.body (host_key, body_hash, zstd, bytes, content_type)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
