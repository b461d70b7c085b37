-- Events about pages $3 that showed in story $1 show in story $2, whose homes
-- are $4 (their own events do so already), with its number of their version.
UPDATE dateline_store.event e SET moved_to = $2, moved_version = (
	SELECT c.version FROM (
		SELECT v.story_id, v.version FROM dateline_store.version v
		WHERE v.story_id = e.shown_in AND v.version = CASE
			WHEN e.moved_to IS NULL THEN e.version
			ELSE e.moved_version END
		UNION ALL
		SELECT m.story_id, m.version FROM dateline_store.version_map m
		WHERE m.into_id = e.shown_in AND m.into_version = CASE
			WHEN e.moved_to IS NULL THEN e.version
			ELSE e.moved_version END) h
	JOIN dateline_store.version_now n ON n.home = h.story_id
		AND n.home_version = h.version
	CROSS JOIN LATERAL (
		SELECT c.version FROM dateline_store.version c
		WHERE c.story_id = $2 AND c.origin_story_id = $1
			AND c.origin_version = n.version
		UNION ALL
		SELECT h.version WHERE h.story_id = $2
		UNION ALL
		SELECT m.into_version FROM dateline_store.version_map m
		WHERE m.story_id = h.story_id AND m.version = h.version
			AND m.into_id = $2
		UNION ALL
		SELECT o.version FROM dateline_store.version v
		JOIN dateline_store.version o ON o.story_id = $2
			AND o.text_hash = v.text_hash
		WHERE v.story_id = h.story_id AND v.version = h.version) c
	LIMIT 1)
FROM dateline_store.page p
WHERE p.url_key = ANY ($3::uuid[]) AND e.url = p.url
	AND e.shown_in IN (SELECT story_id FROM dateline_store.story
		WHERE root = $1 AND story_id <> ALL ($4::bigint[]))
