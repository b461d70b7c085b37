-- Versions ($4, $5: home and number there) that pages which go carried, and that no
-- page which stays in story $1 ($3: homes of what goes) carries, go with their texts;
-- a text that belongs to another version as well is that one's from then on. Answers
-- their numbers in $1, and those of their texts' versions in story $2, 0 for none.
WITH stays AS (
	SELECT story_id FROM dateline_store.story
	WHERE root = $1 AND story_id <> ALL ($3::bigint[])
), dead AS (
	SELECT n.home, n.home_version, n.version, coalesce((SELECT max(c.version)
		FROM dateline_store.version v
		JOIN dateline_store.version c ON c.story_id = $2
			AND c.text_hash = v.text_hash
		WHERE v.story_id = n.home AND v.version = n.home_version), 0)
		AS copy
	FROM unnest($4::bigint[], $5::bigint[]) w(home, version)
	JOIN dateline_store.version_now n ON n.story_id = $1
		AND n.home = w.home AND n.home_version = w.version
	WHERE NOT EXISTS (SELECT FROM stays s
			JOIN dateline_store.sighting x ON x.story_id = s.story_id
			WHERE x.version_of = n.home
			AND x.version = n.home_version)
		AND NOT EXISTS (SELECT FROM stays s
			JOIN dateline_store.sighting_map x ON x.story_id = s.story_id
			WHERE x.version_of = n.home
			AND x.version = n.home_version)
), lost AS (
	SELECT t.story_id, t.text_hash
	FROM dead d
	JOIN stays h ON true
	JOIN dateline_store.text t ON t.story_id = h.story_id
		AND t.version_of = d.home AND t.version = d.home_version
), shown AS (
	SELECT DISTINCT ON (x.story_id, x.text_hash) x.*
	FROM (SELECT t.story_id, t.text_hash, x.version_of, x.version,
			x.first_seen_at AS at
		FROM lost t
		JOIN stays s ON true
		JOIN dateline_store.sighting x ON x.story_id = s.story_id
			AND x.text_hash = t.text_hash
		UNION ALL
		SELECT t.story_id, t.text_hash, v.story_id, v.version, NULL
		FROM lost t
		JOIN dateline_store.version v ON v.story_id = t.story_id
			AND v.text_hash = t.text_hash
		WHERE NOT EXISTS (SELECT FROM dead d
			WHERE d.home = v.story_id
			AND d.home_version = v.version)) x
	ORDER BY x.story_id, x.text_hash, x.at DESC NULLS LAST, x.version DESC
), kept AS (
	UPDATE dateline_store.text t SET version_of = s.version_of,
		version = s.version
	FROM shown s WHERE t.story_id = s.story_id
		AND t.text_hash = s.text_hash
), texts AS (
	DELETE FROM dateline_store.text t USING lost l
	WHERE t.story_id = l.story_id AND t.text_hash = l.text_hash
		AND NOT EXISTS (SELECT FROM shown x WHERE x.story_id = t.story_id
			AND x.text_hash = t.text_hash)
), back AS (
	DELETE FROM dateline_store.version_return r USING dead d
	WHERE r.story_id = d.home AND r.version = d.home_version
), map AS (
	DELETE FROM dateline_store.version_map m USING dead d
	WHERE m.story_id = d.home AND m.version = d.home_version
), sketches AS (
	DELETE FROM dateline_store.sketch k USING dead d
	WHERE k.story_id = d.home AND k.version = d.home_version
)
DELETE FROM dateline_store.version v USING dead d
WHERE v.story_id = d.home AND v.version = d.home_version
RETURNING d.version, d.copy
