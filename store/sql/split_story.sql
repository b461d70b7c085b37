-- Story $1 of pages $3, which are in story $2. It is withdrawn if that is and
-- none of them is live. Its outlet, URL and times are told anew when it is saved.
INSERT INTO dateline_store.story (story_id, status, outlet_id, next_version,
	first_seen_at, first_url, last_seen_at, visited_at)
SELECT $1, CASE WHEN s.status = 'withdrawn' AND NOT bool_or(p.status = 'live')
		THEN 'withdrawn' ELSE 'live' END,
	(array_agg(p.outlet_id ORDER BY x.first_seen_at, p.url))[1], 1,
	min(x.first_seen_at),
	(array_agg(p.url ORDER BY x.first_seen_at, p.url))[1],
	max(x.last_seen_at), s.visited_at
FROM dateline_store.story s
JOIN dateline_store.story f ON f.root = s.story_id
JOIN dateline_store.posting p ON p.story_id = f.story_id
	AND p.url_key = ANY ($3::uuid[])
JOIN dateline_store.sighting x ON x.story_id = p.story_id
	AND x.url_key = p.url_key
WHERE s.story_id = $2
GROUP BY s.story_id
