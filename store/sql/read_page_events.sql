-- What happened on a page ($1 url_key), latest first: today's story and number.
SELECT e.observed_at, e.kind, n.story_id, n.version, e.headline,
	e.detail ->> 'reason'
FROM (SELECT e.* FROM dateline_store.page p
	JOIN dateline_store.event e ON e.url = p.url
	WHERE p.url_key = $1
	ORDER BY e.observed_at DESC, e.event_id DESC LIMIT 20) e
JOIN dateline_store.event_now n ON n.event_id = e.event_id
ORDER BY e.observed_at DESC, e.event_id DESC
