-- A return of a page that is no longer in story $1 is none of its versions'.
DELETE FROM dateline_store.version_return r
USING dateline_store.story s
WHERE s.root = $1 AND r.story_id = s.story_id
	AND NOT EXISTS (SELECT FROM dateline_store.story f
		JOIN dateline_store.posting p ON p.story_id = f.story_id
		WHERE f.root = $1 AND p.url_key = r.url_key)
