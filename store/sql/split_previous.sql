-- Versions of story $1 that name one before them which is not there (any more)
-- follow the one before them by (effective_at, number) of those with a lower
-- number. Answers them, with their text and the other's.
WITH home AS (
	SELECT story_id FROM dateline_store.story WHERE root = $1
), member AS (
	SELECT h.story_id AS level, v.version AS number, v.effective_at,
		v.story_id, v.text_hash
	FROM home h
	JOIN dateline_store.version v ON v.story_id = h.story_id
	UNION ALL
	SELECT h.story_id, m.into_version, v.effective_at, v.story_id,
		v.text_hash
	FROM home h
	JOIN dateline_store.version_map m ON m.into_id = h.story_id
	JOIN dateline_store.version v ON v.story_id = m.story_id
		AND v.version = m.version
), lost AS (
	SELECT v.story_id, v.version, v.effective_at, v.text_hash
	FROM home h
	JOIN dateline_store.version v ON v.story_id = h.story_id
	WHERE v.previous_version IS NOT NULL AND NOT EXISTS (SELECT FROM member m
		WHERE m.level = v.story_id AND m.number = v.previous_version)
), mended AS (
	SELECT l.*, b.number AS before, b.story_id AS before_home,
		b.text_hash AS before_text
	FROM lost l
	LEFT JOIN LATERAL (SELECT m.number, m.story_id, m.text_hash
		FROM member m
		WHERE m.level = l.story_id AND m.number < l.version
			AND (m.effective_at, m.number) <
				(l.effective_at, l.version)
		ORDER BY m.effective_at DESC, m.number DESC LIMIT 1) b ON true
), done AS (
	UPDATE dateline_store.version v SET previous_version = m.before
	FROM mended m WHERE v.story_id = m.story_id AND v.version = m.version
)
SELECT m.story_id, m.version, t.title, t.summary, t.body, b.title, b.summary,
	b.body
FROM mended m
JOIN dateline_store.text t ON t.story_id = m.story_id
	AND t.text_hash = m.text_hash
LEFT JOIN dateline_store.text b ON b.story_id = m.before_home
	AND b.text_hash = m.before_text
