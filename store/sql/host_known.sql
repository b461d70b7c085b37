-- $1 host_key, $2 authority: a row, for one that no page of ours lies on.
INSERT INTO dateline_store.host (host_key, authority) VALUES ($1, $2)
ON CONFLICT (host_key) DO NOTHING
