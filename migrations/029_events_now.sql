-- Where an event shows today and under which number, worked out in one place:
-- every list that names today's story beside a number reads it here.
--
-- shown_version is the event's number in the story that it shows in (shown_in);
-- home and home_version are that version itself. Today's number is the version's,
-- or, where a merge gave the stretch that the event tells of another version (a
-- text known on both sides), that one's. What is looked up for an event is fenced,
-- as in 003.
CREATE VIEW dateline_store.event_now AS
SELECT e.event_id, coalesce(s.root, e.shown_in) AS story_id, h.shown_version,
	h.story_id AS home, h.version AS home_version,
	coalesce(x.version, c.into_version, h.version) AS version
FROM dateline_store.event e
LEFT JOIN dateline_store.story s ON s.story_id = e.shown_in
CROSS JOIN LATERAL (SELECT n.number AS shown_version,
		coalesce(m.story_id, e.shown_in) AS story_id,
		coalesce(m.version, n.number) AS version
	FROM (SELECT CASE WHEN e.moved_to IS NULL THEN e.version
		ELSE e.moved_version END AS number) n
	LEFT JOIN dateline_store.version_map m ON m.into_id = e.shown_in
		AND m.into_version = n.number
	LIMIT 1) h
LEFT JOIN dateline_store.version_map c ON c.story_id = h.story_id
	AND c.version = h.version AND c.current
LEFT JOIN LATERAL (SELECT coalesce(m.into_version, o.version) AS version
	FROM (SELECT z.story_id, z.url_key, z.first_seen_at, z.version_of,
			z.version
		FROM dateline_store.posting p
		JOIN dateline_store.story f ON f.story_id = p.story_id
			AND f.root = s.root
		CROSS JOIN LATERAL (SELECT y.* FROM dateline_store.sighting y
			WHERE y.story_id = p.story_id AND y.url_key = p.url_key
				AND y.first_seen_at <= e.observed_at
			ORDER BY y.first_seen_at DESC LIMIT 1) z
		WHERE p.url = e.url
		ORDER BY z.first_seen_at DESC LIMIT 1) z
	CROSS JOIN LATERAL (SELECT y.version_of, y.version
		FROM dateline_store.sighting_map y
		WHERE y.story_id = z.story_id AND y.url_key = z.url_key
			AND y.first_seen_at = z.first_seen_at
		ORDER BY y.merge_id DESC LIMIT 1) o
	LEFT JOIN dateline_store.version_map m ON m.story_id = o.version_of
		AND m.version = o.version AND m.current
	WHERE (z.version_of, z.version) = (h.story_id, h.version)
	LIMIT 1) x ON true;

DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_ingest') THEN
		GRANT SELECT ON dateline_store.event_now TO dateline_ingest;
	END IF;
END $$;

-- Splits of before took all events of a page along, those too that tell of a
-- stretch which stayed; and left events without a number where the page carried
-- a version of the other side.
WITH moved AS (
	SELECT e.event_id, t.root AS now_in, x.root AS told_of, d.root AS of_day,
		x.shown, e.version IS NOT NULL AND e.moved_version IS NULL
			AS numberless
	FROM dateline_store.event e
	JOIN dateline_store.story t ON t.story_id = e.moved_to
	JOIN dateline_store.story d ON d.story_id = e.story_id
	CROSS JOIN LATERAL (SELECT f.root, CASE
			WHEN z.version_of = e.moved_to THEN z.version
			ELSE (SELECT m.into_version
				FROM dateline_store.version_map m
				WHERE m.story_id = z.version_of
					AND m.version = z.version
					AND m.into_id = e.moved_to LIMIT 1)
			END AS shown
		FROM dateline_store.posting p
		JOIN dateline_store.story f ON f.story_id = p.story_id
		JOIN dateline_store.sighting z ON z.story_id = p.story_id
			AND z.url_key = p.url_key
			AND z.first_seen_at <= e.observed_at
		WHERE p.url = e.url
		ORDER BY z.first_seen_at DESC LIMIT 1) x
	WHERE e.moved_to IS NOT NULL
)
UPDATE dateline_store.event e SET
	moved_to = CASE WHEN m.told_of = m.now_in THEN e.moved_to END,
	moved_version = CASE WHEN m.told_of = m.now_in THEN m.shown END
FROM moved m WHERE m.event_id = e.event_id
	AND (m.told_of <> m.now_in AND m.told_of = m.of_day
		OR m.told_of = m.now_in AND m.numberless);
