-- What pages of story $1's family showed, a row a stretch with the version that
-- it shows today: those of page $2 (may be null) and of the head first, then what
-- opened a version, the latest first; at most $3. came: the event by which the
-- page began that story or came to it. For explain.
SELECT x.home, x.url_key = $2, p.url, o.name, p.outlet_id, x.version,
	v.url_key = x.url_key AND v.text_hash = x.text_hash AS opened,
	(x.version_of, x.home_version) = (r.head_of, r.head_version) AS head,
	t.title, t.summary, t.body, x.first_seen_at, x.last_seen_at,
	v.effective_at, coalesce(e.occurred_at, s.updated_at),
	p.match_score, p.match_reason, g.bound_story_id, r.story_id,
	s.rule, e.event_id,
	(SELECT y.kind FROM dateline_store.event y
		WHERE y.story_id = x.home AND y.url = p.url
			AND y.kind IN ('created', 'reposted')
		ORDER BY y.event_id LIMIT 1) AS came,
	s.note
FROM dateline_store.story a
JOIN dateline_store.story r ON r.story_id = a.root
JOIN dateline_store.story f ON f.root = a.root
JOIN dateline_store.sighting_now x ON x.home = f.story_id
JOIN dateline_store.sighting s ON s.story_id = x.home
	AND s.url_key = x.url_key AND s.first_seen_at = x.first_seen_at
JOIN dateline_store.posting p ON p.story_id = x.home AND p.url_key = x.url_key
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id
JOIN dateline_store.text t ON t.story_id = x.home AND t.text_hash = x.text_hash
JOIN dateline_store.version v ON v.story_id = x.version_of
	AND v.version = x.home_version
LEFT JOIN dateline_store.page g ON g.host_key = p.host_key
	AND g.url_key = p.url_key
LEFT JOIN LATERAL (SELECT y.occurred_at, y.event_id
	FROM dateline_store.event y
	WHERE y.story_id = x.home AND y.url = p.url
		AND y.observed_at = x.first_seen_at
	ORDER BY y.event_id LIMIT 1) e ON true
WHERE a.story_id = $1
ORDER BY (x.url_key = $2) IS TRUE DESC, head DESC, opened DESC,
	x.first_seen_at DESC, p.url
LIMIT $3
