-- A story's head: for explain.
SELECT t.title, t.summary, t.body, v.effective_at, v.credit, v.place, o.name,
	s.visited_at, s.story_id, s.head_version, NULL::real, NULL::text
FROM dateline_store.story s
JOIN dateline_store.version v ON v.story_id = s.head_of
	AND v.version = s.head_version
JOIN dateline_store.outlet o ON o.outlet_id = v.outlet_id
JOIN dateline_store.text t ON t.story_id = v.story_id
	AND t.text_hash = v.text_hash
WHERE s.story_id = (SELECT root FROM dateline_store.story_root
	WHERE story_id = $1)
