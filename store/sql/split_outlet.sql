-- A story that the pages of its first outlet have left: the one that had it first.
UPDATE dateline_store.story s SET outlet_id = p.outlet_id
FROM dateline_store.story f
JOIN dateline_store.posting p ON p.story_id = f.story_id
JOIN dateline_store.sighting x ON x.story_id = p.story_id
	AND x.url_key = p.url_key
WHERE s.story_id = $1 AND f.root = $1 AND NOT EXISTS (
		SELECT FROM dateline_store.story g
		JOIN dateline_store.posting q ON q.story_id = g.story_id
		WHERE g.root = $1 AND q.outlet_id = s.outlet_id)
	AND (x.first_seen_at, p.url) = (SELECT y.first_seen_at, q.url
		FROM dateline_store.story g
		JOIN dateline_store.posting q ON q.story_id = g.story_id
		JOIN dateline_store.sighting y ON y.story_id = q.story_id
			AND y.url_key = q.url_key
		WHERE g.root = $1 ORDER BY y.first_seen_at, q.url LIMIT 1)
