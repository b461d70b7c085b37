-- The next after $1 (an id) that is among the inputs $2, or of all where there
-- are none.
SELECT q.quarantine_id, q.input, q.zstd, q.content_type, q.url, q.outlet_id,
	q.fetched_at, o.zone, o.credit, q.stage, q.code,
	(SELECT max(quarantine_id) FROM dateline_store.quarantine)
FROM dateline_store.quarantine q
LEFT JOIN dateline_store.outlet o ON o.outlet_id = q.outlet_id
WHERE q.quarantine_id > $1 AND (cardinality($2::text[]) = 0
	OR q.input = ANY ($2))
ORDER BY q.quarantine_id LIMIT 1
