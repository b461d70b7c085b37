-- The captures of page $1 that gave text $2 between $5 and $6 give $3 now, by
-- revision $4.
UPDATE dateline_store.capture SET text_hash = $3, extractor = $4
WHERE url_key = $1 AND text_hash = $2 AND fetched_at BETWEEN $5 AND $6
