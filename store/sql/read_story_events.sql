-- A story's life: its own events, those of what was merged into it and of pages
-- that were split off to it, and what told so. The last columns: today's number of
-- the event's version; of a merge or split the other story, whose decision it was,
-- why, and the pages.
WITH home AS (
	SELECT story_id FROM dateline_store.story WHERE root = $1
), ids AS (
	SELECT e.event_id FROM home h
	JOIN dateline_store.event e ON e.shown_in = h.story_id
	UNION
	SELECT e.event_id FROM home h
	JOIN dateline_store.event e ON e.kind IN ('merged', 'split')
		AND (e.detail ->> 'story')::bigint = h.story_id
)
SELECT e.event_id, e.kind, e.story_id, e.version, e.url, e.outlet,
	e.occurred_at, e.observed_at, e.headline, e.detail::text,
	n.version,
	e.detail ->> 'story', e.detail ->> 'by', e.detail ->> 'reason',
	(SELECT string_agg(p, E'\n        ' ORDER BY i)
		FROM jsonb_array_elements_text(e.detail -> 'pages')
		WITH ORDINALITY x(p, i))
FROM ids
JOIN dateline_store.event e ON e.event_id = ids.event_id
JOIN dateline_store.event_now n ON n.event_id = e.event_id
ORDER BY e.observed_at, e.event_id
