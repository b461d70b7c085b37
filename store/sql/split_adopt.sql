-- Story $1 takes along what its pages carry of other stories' versions. $2: the
-- story that all of them showed in; $3: homes of the part that goes ($1's, if
-- $4, else $1 is what stays, and its versions keep their numbers). Copies tell
-- their origin: today's number in $2, or for what stays their own home. Whether
-- there is one before them is found out later (previous_version 0: unknown).
-- A version with the text of one that $1 has by itself is that one again.
-- Answers from and to: numbers in $2 and in $1.
WITH home AS (
	SELECT story_id FROM dateline_store.story
	WHERE root IN ($1, $2) AND (story_id = ANY ($3::bigint[])) = $4
), carried AS (
	SELECT DISTINCT x.version_of, x.version
	FROM home h
	JOIN dateline_store.sighting x ON x.story_id = h.story_id
	WHERE (x.version_of = ANY ($3::bigint[])) <> $4
), numbered AS (
	SELECT c.version_of, c.version, n.version AS from_version,
		o.story_id AS own_of, o.version AS own, CASE
		WHEN o.story_id IS NOT NULL THEN o.number
		WHEN $4 THEN s.next_version - 1 + row_number() OVER
			(PARTITION BY o.story_id IS NULL ORDER BY n.version)
		ELSE n.version END::int AS to_version
	FROM carried c
	JOIN dateline_store.version v ON v.story_id = c.version_of
		AND v.version = c.version
	JOIN dateline_store.version_now n ON n.home = c.version_of
		AND n.home_version = c.version
	JOIN dateline_store.story s ON s.story_id = $1
	LEFT JOIN LATERAL (SELECT y.story_id, y.version, coalesce(
			m.into_version, y.version) AS number
		FROM home h
		JOIN dateline_store.version y ON y.story_id = h.story_id
			AND y.text_hash = v.text_hash
		LEFT JOIN dateline_store.version_map m
			ON m.story_id = y.story_id AND m.version = y.version
			AND m.into_id = $1
		WHERE $4 AND (y.story_id = $1 OR m.into_id IS NOT NULL)
		ORDER BY y.story_id <> $1, y.version LIMIT 1) o ON true
), v AS (
	INSERT INTO dateline_store.version (story_id, version, text_hash,
		url_key, outlet_id, byline, credit, place, language, created_at,
		updated_at, effective_at, first_seen_at, last_seen_at, words,
		previous_version, change_kind, words_added, words_removed,
		stealth, note, origin_story_id, origin_version)
	SELECT $1, n.to_version, v.text_hash, v.url_key, v.outlet_id, v.byline,
		v.credit, v.place, v.language, v.created_at, v.updated_at,
		v.effective_at, v.first_seen_at, v.last_seen_at, v.words, 0,
		CASE WHEN n.to_version = 1 THEN 'created' ELSE v.change_kind END,
		v.words_added, v.words_removed, v.stealth, v.note,
		CASE WHEN $4 THEN $2 ELSE n.version_of END,
		CASE WHEN $4 THEN n.from_version ELSE n.version END
	FROM numbered n
	JOIN dateline_store.version v ON v.story_id = n.version_of
		AND v.version = n.version
	WHERE n.own IS NULL
), opening AS (
	INSERT INTO dateline_store.text (story_id, text_hash, version_of,
		version, title, summary, body, revision, opens)
	SELECT DISTINCT ON (t.text_hash) $1, t.text_hash, $1, n.to_version,
		t.title, t.summary, t.body, t.revision, true
	FROM numbered n
	JOIN dateline_store.version v ON v.story_id = n.version_of
		AND v.version = n.version
	JOIN dateline_store.text t ON t.story_id = v.story_id
		AND t.text_hash = v.text_hash
	WHERE n.own IS NULL
	ORDER BY t.text_hash, n.to_version DESC
	ON CONFLICT (story_id, text_hash) DO UPDATE SET
		version_of = excluded.version_of, version = excluded.version,
		opens = true
	WHERE text.version_of <> excluded.version_of
), back AS (
	INSERT INTO dateline_store.version_return (story_id, version, seen_at,
		url_key, lead_at)
	SELECT $1, n.to_version, r.seen_at, r.url_key, r.lead_at
	FROM numbered n
	JOIN dateline_store.version_return r ON r.story_id = n.version_of
		AND r.version = n.version
	WHERE n.own IS NULL AND EXISTS (SELECT FROM home h
		JOIN dateline_store.posting p ON p.story_id = h.story_id
		WHERE p.url_key = r.url_key)
	ON CONFLICT DO NOTHING
), stretches AS (
	UPDATE dateline_store.sighting x SET version_of =
		coalesce(n.own_of, $1), version = coalesce(n.own, n.to_version)
	FROM home h, numbered n
	WHERE x.story_id = h.story_id AND x.version_of = n.version_of
		AND x.version = n.version
)
UPDATE dateline_store.story SET next_version = greatest(next_version,
	(SELECT max(to_version) + 1 FROM numbered))
WHERE story_id = $1 AND EXISTS (SELECT FROM numbered)
RETURNING (SELECT array_agg(from_version::bigint ORDER BY to_version)::text
	FROM numbered), (SELECT array_agg(to_version::bigint ORDER BY to_version)::text
	FROM numbered)
