-- What stands in events and versions of texts $1 and pages $2: titles, notes;
-- and the stories that it was in. kind: t, n, s.
SELECT DISTINCT 't', title, NULL::bigint FROM dateline_store.text
	WHERE text_hash = ANY ($1) AND title <> ''
UNION SELECT 'n', note, NULL FROM dateline_store.sighting
	WHERE (text_hash = ANY ($1) OR url_key = ANY ($2)) AND note IS NOT NULL
UNION SELECT 's', NULL, s.root FROM dateline_store.text t
	JOIN dateline_store.story s ON s.story_id = t.story_id
	WHERE t.text_hash = ANY ($1)
