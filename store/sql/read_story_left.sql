-- When pages left a story for another that is another one today too: told by the
-- events of those (detail.left).
WITH home AS (
	SELECT story_id FROM dateline_store.story WHERE root = $1
)
SELECT e.observed_at, e.event_id, e.outlet, e.url, s.root
FROM home h
JOIN dateline_store.posting p ON p.story_id = h.story_id
JOIN dateline_store.event e ON e.url = p.url
	AND (e.detail ->> 'left')::bigint = h.story_id
JOIN dateline_store.story s ON s.story_id = e.shown_in AND s.root <> $1
ORDER BY e.observed_at, e.event_id
