DELETE FROM dateline_store.body b
USING unnest($1::bigint[], $2::uuid[]) AS x (host_key, body_hash)
WHERE x.host_key = b.host_key AND x.body_hash = b.body_hash
RETURNING 1
