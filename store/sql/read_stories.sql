-- The latest $1 stories, newest first.
SELECT s.story_id, s.status, s.merged_into, s.headline, s.credit, s.place,
	s.created_at, s.updated_at, s.first_seen_at, s.last_seen_at,
	s.head_version, s.versions, s.postings, s.outlets, s.corrections
FROM (SELECT story_id FROM dateline_store.story
	WHERE status <> 'merged' ORDER BY last_seen_at DESC, story_id DESC
	LIMIT $1) l
JOIN dateline.stories s ON s.story_id = l.story_id
ORDER BY s.last_seen_at DESC, s.story_id DESC
