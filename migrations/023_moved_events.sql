-- A page that a split took along takes its events with it: where they show
-- today, and under which number. What was told (story_id, version) stays.
ALTER TABLE dateline_store.event ADD COLUMN moved_to bigint;
ALTER TABLE dateline_store.event ADD COLUMN moved_version integer;
ALTER TABLE dateline_store.event ADD COLUMN shown_in bigint NOT NULL
	GENERATED ALWAYS AS (coalesce(moved_to, story_id)) STORED;
ALTER TABLE dateline_store.event
	ALTER COLUMN shown_in SET (n_distinct = -0.3);
CREATE INDEX event_shown ON dateline_store.event
	(shown_in, observed_at, event_id);
-- Merges and splits are in the timeline of the other story as well.
CREATE INDEX event_other ON dateline_store.event
	(((detail ->> 'story')::bigint)) WHERE kind IN ('merged', 'split');

CREATE OR REPLACE VIEW dateline.events AS
SELECT e.event_id, e.kind, e.story_id, s.root AS story_id_now, e.version,
	e.url, e.outlet, e.occurred_at, e.observed_at, e.recorded_at,
	e.headline, e.detail
FROM dateline_store.event e
LEFT JOIN dateline_store.story s ON s.story_id = e.shown_in;

-- Splits of before took versions along that others still name as the one
-- before: such a version now follows the last one that was there.
UPDATE dateline_store.version v SET previous_version = (
	SELECT x.number FROM (
		SELECT y.version AS number, y.effective_at
		FROM dateline_store.version y WHERE y.story_id = v.story_id
		UNION ALL
		SELECT m.into_version, y.effective_at
		FROM dateline_store.version_map m
		JOIN dateline_store.version y ON y.story_id = m.story_id
			AND y.version = m.version
		WHERE m.into_id = v.story_id) x
	WHERE x.number < v.version
		AND (x.effective_at, x.number) < (v.effective_at, v.version)
	ORDER BY x.effective_at DESC, x.number DESC LIMIT 1)
WHERE v.previous_version IS NOT NULL
	AND NOT EXISTS (SELECT FROM dateline_store.version y
		WHERE y.story_id = v.story_id AND y.version = v.previous_version)
	AND NOT EXISTS (SELECT FROM dateline_store.version_map m
		WHERE m.into_id = v.story_id
		AND m.into_version = v.previous_version);
