-- The latest $1 stories, newest first; erased: forget took what the head said.
SELECT s.story_id, s.status, s.merged_into, s.headline, s.credit, s.place,
	s.created_at, s.updated_at, s.first_seen_at, s.last_seen_at,
	s.head_version, s.versions, s.postings, s.outlets, s.corrections,
	(t.title = '' AND t.body = '') IS TRUE AS erased
FROM (SELECT story_id, head_of, head_version FROM dateline_store.story
	WHERE status <> 'merged' ORDER BY last_seen_at DESC, story_id DESC
	LIMIT $1) l
JOIN dateline.stories s ON s.story_id = l.story_id
LEFT JOIN dateline_store.version h ON h.story_id = l.head_of
	AND h.version = l.head_version
LEFT JOIN dateline_store.text t ON t.story_id = h.story_id
	AND t.text_hash = h.text_hash
ORDER BY s.last_seen_at DESC, s.story_id DESC
