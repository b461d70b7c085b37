-- What a page carries or carried last: for explain.
SELECT t.title, t.summary, t.body, v.effective_at, v.credit, v.place, o.name,
	s.visited_at, s.story_id, x.version, p.match_score, p.match_reason
FROM dateline_store.page g
JOIN dateline_store.story s ON s.story_id = (SELECT root
	FROM dateline_store.story_root r WHERE r.story_id = g.story_id)
JOIN dateline_store.posting p ON p.url_key = g.url_key
	AND p.story_id IN (SELECT story_id FROM dateline_store.story f
		WHERE f.story_id = s.story_id OR f.merged_into = s.story_id)
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id
JOIN LATERAL (SELECT * FROM dateline_store.sighting x
	WHERE x.story_id = p.story_id AND x.url_key = p.url_key
	ORDER BY x.first_seen_at DESC LIMIT 1) x ON true
JOIN dateline_store.text t ON t.story_id = x.story_id
	AND t.text_hash = x.text_hash
JOIN dateline_store.version v ON v.story_id = x.version_of
	AND v.version = x.version
WHERE g.url_key = $1 LIMIT 1
