-- Texts of pages $1 and of story $2 (null: none), shown or held.
SELECT text_hash FROM dateline_store.sighting WHERE url_key = ANY ($1)
UNION SELECT text_hash FROM dateline_store.version WHERE url_key = ANY ($1)
UNION SELECT text_hash FROM dateline_store.capture
	WHERE url_key = ANY ($1) AND text_hash IS NOT NULL
UNION SELECT held_hash FROM dateline_store.page
	WHERE url_key = ANY ($1) AND held_hash IS NOT NULL
UNION SELECT t.text_hash FROM dateline_store.text t
	JOIN dateline_store.story s ON s.story_id = t.story_id
	WHERE s.root = $2
