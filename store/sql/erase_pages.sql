-- Pages $1 are forgotten at $2. Pages that showed bytes $3 show none.
UPDATE dateline_store.page SET body_hash = NULL, body_revision = NULL,
	etag = NULL, last_modified = NULL, last_message = NULL,
	validated_url = NULL,
	forgotten_at = CASE WHEN url_key = ANY ($1)
		THEN coalesce(forgotten_at, $2) ELSE forgotten_at END,
	paused = paused OR url_key = ANY ($1),
	next_fetch_at = CASE WHEN url_key = ANY ($1) THEN NULL
		ELSE next_fetch_at END,
	held_hash = CASE WHEN url_key = ANY ($1) THEN NULL ELSE held_hash END,
	held_at = CASE WHEN url_key = ANY ($1) THEN NULL ELSE held_at END
WHERE url_key = ANY ($1) OR body_hash = ANY ($3)
