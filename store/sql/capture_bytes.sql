-- Did the capture have these bytes?
SELECT 1 FROM dateline_store.capture
WHERE host_key = $1 AND capture_id = $2 AND fetched_at = $3 AND body_hash = $4
