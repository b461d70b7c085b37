UPDATE dateline_store.sighting SET note = NULL, byline = '{}', place = NULL,
	updated_raw = NULL
WHERE text_hash = ANY ($1) OR url_key = ANY ($2)
