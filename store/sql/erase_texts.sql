UPDATE dateline_store.text SET title = '', summary = NULL, body = ''
WHERE text_hash = ANY ($1) AND (title <> '' OR body <> ''
	OR summary IS NOT NULL)
RETURNING 1
