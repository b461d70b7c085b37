-- Of stories $1 that have no text any more.
DELETE FROM dateline_store.sentence WHERE story_id IN (SELECT s.story_id
	FROM dateline_store.story s WHERE s.root = ANY ($1)
	AND NOT EXISTS (SELECT FROM dateline_store.text t
		JOIN dateline_store.story f ON f.story_id = t.story_id
		WHERE f.root = s.root AND t.body <> ''))
