-- After split_adopt, with its parameters: texts that still name a version of the
-- other side name what a stretch on their own carried last in that text, else the
-- version that they opened at home. Those of neither are nobody's here.
WITH foreign_text AS (
	SELECT h.root, t.story_id, t.text_hash
	FROM dateline_store.story h
	JOIN dateline_store.text t ON t.story_id = h.story_id
		AND (t.version_of = ANY ($3::bigint[])) <> $4
	WHERE h.root IN ($1, $2) AND (h.story_id = ANY ($3::bigint[])) = $4
), found AS (
	SELECT DISTINCT ON (x.story_id, x.text_hash) x.*
	FROM (SELECT t.story_id, t.text_hash, x.version_of, x.version,
			x.first_seen_at AS at
		FROM foreign_text t
		JOIN dateline_store.story g ON g.root = t.root
			AND (g.story_id = ANY ($3::bigint[])) = $4
		JOIN dateline_store.sighting x ON x.story_id = g.story_id
			AND x.text_hash = t.text_hash
		UNION ALL
		SELECT t.story_id, t.text_hash, v.story_id, v.version, NULL
		FROM foreign_text t
		JOIN dateline_store.version v ON v.story_id = t.story_id
			AND v.text_hash = t.text_hash) x
	ORDER BY x.story_id, x.text_hash, x.at DESC NULLS LAST, x.version DESC
), gone AS (
	DELETE FROM dateline_store.text t USING foreign_text f
	WHERE t.story_id = f.story_id AND t.text_hash = f.text_hash
		AND NOT EXISTS (SELECT FROM found x
			WHERE x.story_id = t.story_id
			AND x.text_hash = t.text_hash)
)
UPDATE dateline_store.text t SET version_of = x.version_of, version = x.version
FROM found x WHERE t.story_id = x.story_id AND t.text_hash = x.text_hash
