-- Stretches whose text another revision than $1 read ($2: any), behind ($3, $4),
-- of pages $5 (null: all): each with the last bytes that gave it.
SELECT DISTINCT ON (s.url_key, s.first_seen_at) s.url_key, s.text_hash,
	c.host_key, c.body_hash, c.fetched_at, g.url, o.zone, o.credit,
	b.content_type, s.first_seen_at, s.last_seen_at
FROM dateline_store.sighting s
JOIN dateline_store.capture c ON c.url_key = s.url_key
	AND c.fetched_at BETWEEN s.first_seen_at AND s.last_seen_at
	AND c.text_hash = s.text_hash
JOIN dateline_store.page g
	ON g.host_key = c.host_key AND g.url_key = c.url_key
JOIN dateline_store.outlet o ON o.outlet_id = g.outlet_id
JOIN dateline_store.body b
	ON b.host_key = c.host_key AND b.body_hash = c.body_hash
WHERE ($2 OR c.extractor IS DISTINCT FROM $1)
	AND ($3::uuid IS NULL OR (s.url_key, s.first_seen_at) > ($3, $4))
	AND ($5::uuid[] IS NULL OR s.url_key = ANY ($5))
ORDER BY s.url_key, s.first_seen_at, c.fetched_at DESC LIMIT 500
