SELECT x.story_id, x.url_key, x.first_seen_at, x.last_seen_at, x.text_hash,
	coalesce(o.version_of, x.version_of), coalesce(o.version, x.version),
	coalesce(o.coverage, x.coverage), x.flips, x.stealth, x.pending,
	x.changed_at, x.rule, x.note, s.root
FROM dateline_store.story s
JOIN dateline_store.sighting x ON x.story_id = s.story_id
LEFT JOIN LATERAL (SELECT m.version_of, m.version, m.coverage
	FROM dateline_store.sighting_map m
	WHERE m.story_id = x.story_id AND m.url_key = x.url_key
	AND m.first_seen_at = x.first_seen_at
	ORDER BY m.merge_id DESC LIMIT 1) o ON true
WHERE s.root = ANY ($1::bigint[])
ORDER BY s.root, x.first_seen_at
