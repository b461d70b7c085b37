-- Bytes of pages $1 and texts $2.
SELECT DISTINCT host_key, body_hash FROM dateline_store.capture
WHERE body_hash IS NOT NULL
	AND (url_key = ANY ($1) OR text_hash = ANY ($2))
