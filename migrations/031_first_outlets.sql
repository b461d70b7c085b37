-- A story's first outlet is that of its first sighting (decision 0133); it was that
-- of the page which was recorded first. Where they differ the head follows: the
-- latest lead time of versions that the first outlet or two others carried, or of all
-- where no page of the first is live.
CREATE TEMP TABLE first_outlet ON COMMIT DROP AS
SELECT f.story_id, f.outlet_id
FROM (SELECT DISTINCT ON (x.story_id) x.story_id, p.outlet_id
	FROM dateline_store.sighting_now x
	JOIN dateline_store.posting p ON p.story_id = x.home
		AND p.url_key = x.url_key
	ORDER BY x.story_id, x.first_seen_at, p.url COLLATE "C") f
JOIN dateline_store.story s ON s.story_id = f.story_id
WHERE s.outlet_id <> f.outlet_id;

UPDATE dateline_store.story s SET outlet_id = f.outlet_id
FROM first_outlet f WHERE f.story_id = s.story_id;

UPDATE dateline_store.story s SET head_of = h.home, head_version = h.home_version
FROM (SELECT DISTINCT ON (f.story_id) f.story_id, l.home, l.home_version
	FROM first_outlet f
	JOIN dateline_store.version_now l ON l.story_id = f.story_id
	JOIN dateline_store.version v ON v.story_id = l.home
		AND v.version = l.home_version
	LEFT JOIN LATERAL (SELECT bool_or(p.outlet_id = f.outlet_id)
			OR count(DISTINCT p.outlet_id) > 1 AS widely
		FROM dateline_store.sighting_now x
		JOIN dateline_store.posting p ON p.story_id = x.home
			AND p.url_key = x.url_key
		WHERE x.story_id = f.story_id AND x.version = l.version) c ON true
	ORDER BY f.story_id, coalesce(c.widely, false) OR NOT EXISTS (
			SELECT FROM dateline_store.story g
			JOIN dateline_store.posting p ON p.story_id = g.story_id
			WHERE g.root = f.story_id AND p.status = 'live'
			AND p.outlet_id = f.outlet_id) DESC,
		greatest(v.effective_at, (SELECT max(b.lead_at)
			FROM dateline_store.version_return b
			WHERE b.story_id = v.story_id AND b.version = v.version)) DESC,
		l.version DESC) h
WHERE h.story_id = s.story_id;
