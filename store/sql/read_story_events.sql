-- A story's life: its own events and those of what was merged into it.
SELECT e.event_id, e.kind, e.story_id, e.version, e.url, e.outlet,
	e.occurred_at, e.observed_at, e.headline, e.detail::text
FROM dateline.events e WHERE e.story_id_now = $1
ORDER BY e.observed_at, e.event_id
