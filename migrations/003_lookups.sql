-- The views again, with the columns and types of before, so that reading one
-- whole takes time in proportion to its rows, and reading one story or one URL
-- time that does not grow with the rest. The rules: a story's family is found
-- by an indexed column; whatever is looked up for a row lies in one table
-- under an index that begins with the columns given, so that no plan needs
-- statistics to be a good one; what shows today is joined by its own home,
-- never by today's number.

-- Today's id of a story, as a column, so that it can have an index.
ALTER TABLE dateline_store.story ADD COLUMN root bigint NOT NULL
	GENERATED ALWAYS AS (coalesce(merged_into, story_id)) STORED;
CREATE INDEX story_root_id ON dateline_store.story (root);
DROP INDEX dateline_store.story_recent;
CREATE INDEX story_recent ON dateline_store.story (last_seen_at, story_id);

-- By hash: a URL may be longer than a btree's entry (2,704 bytes).
CREATE INDEX page_url ON dateline_store.page USING hash (url);
CREATE INDEX posting_url ON dateline_store.posting USING hash (url);
CREATE INDEX event_url ON dateline_store.event USING hash (url);
CREATE INDEX event_time ON dateline_store.event (observed_at, event_id);
CREATE INDEX capture_time ON dateline_store.capture (fetched_at);
-- Which version a number is, or was before a merge.
CREATE INDEX version_map_into ON dateline_store.version_map
	(into_id, into_version);
CREATE INDEX version_map_from ON dateline_store.version_map
	(from_id, from_version);

-- How many rows a story has stays, however many stories there are: what
-- ANALYZE saw of a young database must not be taken for the number of stories.
-- Per story of the simulated wire: 1.9 versions, 2.4 postings, 3.1 sightings.
ALTER TABLE dateline_store.story
	ALTER COLUMN root SET (n_distinct = -0.98);
ALTER TABLE dateline_store.page
	ALTER COLUMN url SET (n_distinct = -1),
	ALTER COLUMN url_key SET (n_distinct = -1);
ALTER TABLE dateline_store.version
	ALTER COLUMN story_id SET (n_distinct = -0.5);
ALTER TABLE dateline_store.text
	ALTER COLUMN story_id SET (n_distinct = -0.35);
ALTER TABLE dateline_store.posting
	ALTER COLUMN story_id SET (n_distinct = -0.4),
	ALTER COLUMN url_key SET (n_distinct = -0.95),
	ALTER COLUMN url SET (n_distinct = -0.95);
ALTER TABLE dateline_store.membership
	ALTER COLUMN story_id SET (n_distinct = -0.4),
	ALTER COLUMN url_key SET (n_distinct = -0.95);
ALTER TABLE dateline_store.sighting
	ALTER COLUMN story_id SET (n_distinct = -0.3),
	ALTER COLUMN url_key SET (n_distinct = -0.7);
ALTER TABLE dateline_store.event
	ALTER COLUMN story_id SET (n_distinct = -0.3),
	ALTER COLUMN url SET (n_distinct = -0.6);

-- A version shows in its home's root: a merge maps all of a family's versions.
CREATE OR REPLACE VIEW dateline_store.version_now AS
SELECT v.story_id AS home, v.version AS home_version, s.root AS story_id,
	coalesce(m.into_version, v.version) AS version
FROM dateline_store.version v
JOIN dateline_store.story s ON s.story_id = v.story_id
LEFT JOIN dateline_store.version_map m
	ON m.story_id = v.story_id AND m.version = v.version AND m.current;

CREATE OR REPLACE VIEW dateline_store.story_root AS
SELECT story_id, root FROM dateline_store.story;

CREATE OR REPLACE VIEW dateline_store.version_lead AS
SELECT s.root AS story_id, coalesce(m.into_version, v.version) AS version,
	v.story_id AS home, v.version AS home_version,
	greatest(v.effective_at, (SELECT max(r.lead_at)
		FROM dateline_store.version_return r
		WHERE r.story_id = v.story_id AND r.version = v.version))
		AS lead_at
FROM dateline_store.version v
JOIN dateline_store.story s ON s.story_id = v.story_id
LEFT JOIN dateline_store.version_map m
	ON m.story_id = v.story_id AND m.version = v.version AND m.current;

CREATE OR REPLACE VIEW dateline.versions AS
SELECT s.root AS story_id, coalesce(m.into_version, v.version) AS version,
	CASE WHEN s.root <> v.story_id THEN v.story_id
		ELSE v.origin_story_id END AS origin_story_id,
	CASE WHEN s.root <> v.story_id THEN v.version
		ELSE v.origin_version END AS origin_version,
	t.title AS headline, t.summary, t.body, v.byline, v.credit, v.place,
	v.created_at, v.updated_at, v.effective_at, v.first_seen_at,
	v.last_seen_at, v.words,
	replace(v.text_hash::text, '-', '') AS content_hash,
	CASE WHEN s.root = v.story_id THEN v.previous_version
		ELSE p.into_version END AS previous_version,
	v.change_kind, v.words_added, v.words_removed, v.stealth, v.note
FROM dateline_store.version v
JOIN dateline_store.story s ON s.story_id = v.story_id
JOIN dateline_store.text t
	ON t.story_id = v.story_id AND t.text_hash = v.text_hash
LEFT JOIN dateline_store.version_map m
	ON m.story_id = v.story_id AND m.version = v.version AND m.current
LEFT JOIN dateline_store.version_map f ON f.from_id = v.story_id
	AND f.from_version = v.previous_version AND s.root <> v.story_id
LEFT JOIN dateline_store.version_map p ON p.story_id = f.story_id
	AND p.version = f.version AND p.current;

-- The newest mapping of a stretch, if a merge made any.
CREATE VIEW dateline_store.sighting_map_now AS
SELECT m.* FROM dateline_store.sighting_map m
WHERE m.merge_id = (SELECT max(x.merge_id)
	FROM dateline_store.sighting_map x WHERE x.story_id = m.story_id
	AND x.url_key = m.url_key AND x.first_seen_at = m.first_seen_at);

-- Every stretch with the version that it shows today, and that version's home.
CREATE OR REPLACE VIEW dateline_store.sighting_now AS
SELECT r.root AS story_id, s.story_id AS home, s.url_key, s.first_seen_at,
	s.last_seen_at, s.text_hash,
	coalesce(m.into_version, o.version, s.version) AS version,
	coalesce(o.coverage, s.coverage) AS coverage, s.flips, s.stealth,
	coalesce(o.version_of, s.version_of) AS version_of,
	coalesce(o.version, s.version) AS home_version
FROM dateline_store.sighting s
JOIN dateline_store.story r ON r.story_id = s.story_id
LEFT JOIN dateline_store.sighting_map_now o ON o.story_id = s.story_id
	AND o.url_key = s.url_key AND o.first_seen_at = s.first_seen_at
LEFT JOIN dateline_store.version_map m
	ON m.story_id = coalesce(o.version_of, s.version_of)
	AND m.version = coalesce(o.version, s.version) AND m.current;

CREATE OR REPLACE VIEW dateline.sightings AS
SELECT s.story_id, p.url, o.name AS outlet, s.version,
	replace(s.text_hash::text, '-', '') AS text_hash, t.title AS headline,
	s.coverage, s.first_seen_at, s.last_seen_at, s.flips, s.stealth
FROM dateline_store.sighting_now s
JOIN dateline_store.posting p
	ON p.story_id = s.home AND p.url_key = s.url_key
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id
JOIN dateline_store.text t
	ON t.story_id = s.home AND t.text_hash = s.text_hash;

-- Each of a posting's lookups is fenced (LIMIT): joined freely, their columns
-- together look so selective that the planner thinks of two rows in all, and
-- reads a table for each.
CREATE OR REPLACE VIEW dateline.postings AS
SELECT r.root AS story_id, p.url, p.external_id, o.name AS outlet,
	coalesce(v.version, s.version) AS version,
	replace(s.text_hash::text, '-', '') AS text_hash, t.title AS headline,
	coalesce(m.coverage, s.coverage) AS coverage,
	p.status = 'live' AND (v.lead_at, v.version) < (h.lead_at, h.version)
		AS stale,
	(SELECT min(x.first_seen_at) FROM dateline_store.sighting x
		WHERE x.story_id = p.story_id AND x.url_key = p.url_key)
		AS first_seen_at,
	s.last_seen_at, p.status, p.match_score, p.match_reason
FROM dateline_store.posting p
JOIN dateline_store.story r ON r.story_id = p.story_id
JOIN dateline_store.story root ON root.story_id = r.root
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id
CROSS JOIN LATERAL (SELECT x.* FROM dateline_store.sighting x
	WHERE x.story_id = p.story_id AND x.url_key = p.url_key
	ORDER BY x.first_seen_at DESC LIMIT 1) s
CROSS JOIN LATERAL (SELECT x.title FROM dateline_store.text x
	WHERE x.story_id = p.story_id AND x.text_hash = s.text_hash LIMIT 1) t
LEFT JOIN LATERAL (SELECT x.* FROM dateline_store.sighting_map x
	WHERE x.story_id = p.story_id AND x.url_key = p.url_key
	AND x.first_seen_at = s.first_seen_at
	ORDER BY x.merge_id DESC LIMIT 1) m ON true
LEFT JOIN LATERAL (SELECT coalesce(n.into_version, y.version) AS version,
		greatest(y.effective_at, (SELECT max(b.lead_at)
			FROM dateline_store.version_return b
			WHERE b.story_id = y.story_id
			AND b.version = y.version)) AS lead_at
	FROM dateline_store.version y
	LEFT JOIN dateline_store.version_map n ON n.story_id = y.story_id
		AND n.version = y.version AND n.current
	WHERE y.story_id = coalesce(m.version_of, s.version_of)
		AND y.version = coalesce(m.version, s.version) LIMIT 1) v ON true
LEFT JOIN LATERAL (SELECT coalesce(n.into_version, y.version) AS version,
		greatest(y.effective_at, (SELECT max(b.lead_at)
			FROM dateline_store.version_return b
			WHERE b.story_id = y.story_id
			AND b.version = y.version)) AS lead_at
	FROM dateline_store.version y
	LEFT JOIN dateline_store.version_map n ON n.story_id = y.story_id
		AND n.version = y.version AND n.current
	WHERE y.story_id = root.head_of
		AND y.version = root.head_version LIMIT 1) h ON true;

-- A merged story has no versions of its own; its times are those of its day.
-- OFFSET 0 keeps a story's rows a lookup: without statistics a join of the two
-- tables for each story looks cheaper, and is not.
CREATE OR REPLACE VIEW dateline.stories AS
SELECT s.story_id, s.status, s.merged_into, t.title AS headline, h.credit,
	h.place, h.language, v.created_at, v.updated_at, s.first_seen_at,
	s.last_seen_at, coalesce(m.into_version, h.version) AS head_version,
	coalesce(v.versions, 0) AS versions, coalesce(g.postings, 0) AS postings,
	coalesce(g.outlets, 0) AS outlets, coalesce(v.corrections, 0) AS corrections
FROM dateline_store.story s
LEFT JOIN dateline_store.version h ON s.status <> 'merged'
	AND h.story_id = s.head_of AND h.version = s.head_version
LEFT JOIN dateline_store.version_map m ON m.story_id = h.story_id
	AND m.version = h.version AND m.current
LEFT JOIN dateline_store.text t
	ON t.story_id = h.story_id AND t.text_hash = h.text_hash
LEFT JOIN LATERAL (SELECT min(x.created_at) AS created_at,
		max(x.updated_at) AS updated_at, count(*)::int AS versions,
		(count(*) FILTER (WHERE x.change_kind = 'corrected'))::int
			AS corrections
	FROM dateline_store.story r
	CROSS JOIN LATERAL (SELECT y.created_at, y.updated_at, y.change_kind
		FROM dateline_store.version y
		WHERE y.story_id = r.story_id OFFSET 0) x
	WHERE r.root = s.story_id) v ON true
LEFT JOIN LATERAL (SELECT count(DISTINCT p.url_key)::int AS postings,
		count(DISTINCT p.outlet_id)::int AS outlets
	FROM dateline_store.story r
	CROSS JOIN LATERAL (SELECT q.url_key, q.outlet_id
		FROM dateline_store.posting q
		WHERE q.story_id = r.story_id OFFSET 0) p
	WHERE r.root = s.root
		AND (s.merged_into IS NULL OR r.story_id = s.story_id)) g ON true;

CREATE OR REPLACE VIEW dateline.events AS
SELECT e.event_id, e.kind, e.story_id, s.root AS story_id_now, e.version,
	e.url, e.outlet, e.occurred_at, e.observed_at, e.recorded_at,
	e.headline, e.detail
FROM dateline_store.event e
LEFT JOIN dateline_store.story s ON s.story_id = e.story_id;

-- One pass over each table, however many outlets there are.
CREATE OR REPLACE VIEW dateline.outlets AS
SELECT o.name AS outlet, o.host, o.zone, coalesce(p.pages, 0) AS pages,
	coalesce(p.stories, 0) AS stories, c.last_success_at,
	coalesce(c.failures_24h, 0) AS failures_24h,
	coalesce(e.n >= 5 AND dateline_store.clock() - e.last > greatest(
		interval '24 hours', 4 * (e.last - e.first) / (e.n - 1)), false)
		AS quiet
FROM dateline_store.outlet o
LEFT JOIN (SELECT x.outlet_id, count(*)::int AS pages,
		count(DISTINCT x.story_id)::int AS stories
	FROM dateline_store.page x
	WHERE x.kind = 'page' GROUP BY 1) p ON p.outlet_id = o.outlet_id
LEFT JOIN (SELECT y.outlet_id, max(x.last) AS last_success_at,
		sum(x.failures)::int AS failures_24h
	FROM (SELECT k.host_key, k.url_key, max(k.fetched_at) FILTER
			(WHERE k.outcome IN ('article', 'unchanged', 'links'))
			AS last,
			count(*) FILTER (WHERE k.outcome IN ('http_error',
			'fetch_error', 'refused') AND k.fetched_at >
			dateline_store.clock() - interval '24 hours') AS failures
		FROM dateline_store.capture k GROUP BY 1, 2) x
	JOIN dateline_store.page y ON y.host_key = x.host_key
		AND y.url_key = x.url_key
	GROUP BY 1) c ON c.outlet_id = o.outlet_id
LEFT JOIN (SELECT x.outlet, count(*) AS n, max(x.observed_at) AS last,
		min(x.observed_at) AS first
	FROM dateline_store.event x
	WHERE x.kind IN ('created', 'reposted')
	AND x.observed_at > dateline_store.clock() - interval '14 days'
	GROUP BY 1) e ON e.outlet = o.name;

-- As before, but what was seen is counted once a version.
CREATE OR REPLACE FUNCTION dateline.as_of(story_id bigint, at timestamptz)
RETURNS TABLE (version integer, headline text, body text, urls text[],
	outlets text[], is_head boolean)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
WITH root AS (
	SELECT s.story_id AS id, s.outlet_id
	FROM dateline_store.story r
	JOIN dateline_store.story s ON s.story_id = r.root
	WHERE r.story_id = as_of.story_id
), seen AS MATERIALIZED (
	SELECT x.home, x.url_key, x.version, x.first_seen_at, p.outlet_id, p.url
	FROM root
	JOIN dateline_store.sighting_now x ON x.story_id = root.id
	JOIN dateline_store.posting p ON p.story_id = x.home
		AND p.url_key = x.url_key
	WHERE x.first_seen_at <= as_of.at
), last AS (
	SELECT DISTINCT ON (s.home, s.url_key) s.*
	FROM seen s ORDER BY s.home, s.url_key, s.first_seen_at DESC
), live AS MATERIALIZED (
	SELECT l.* FROM last l
	WHERE EXISTS (SELECT 1 FROM dateline_store.membership m
		WHERE m.story_id = l.home AND m.url_key = l.url_key
		AND m.from_at <= as_of.at
		AND (m.to_at IS NULL OR as_of.at < m.to_at))
), carried AS (
	SELECT s.version, bool_or(s.outlet_id = root.outlet_id)
		OR count(DISTINCT s.outlet_id) > 1 AS widely
	FROM root, seen s GROUP BY s.version
), leads AS (
	SELECT l.version, l.home, v.text_hash,
		greatest(v.effective_at, (SELECT max(b.lead_at)
			FROM dateline_store.version_return b
			WHERE b.story_id = v.story_id AND b.version = v.version
			AND b.seen_at <= as_of.at)) AS lead_at,
		coalesce(c.widely, false) OR NOT EXISTS (SELECT 1 FROM live
			WHERE live.outlet_id = root.outlet_id) AS may
	FROM root
	JOIN dateline_store.version_now l ON l.story_id = root.id
	JOIN dateline_store.version v ON v.story_id = l.home
		AND v.version = l.home_version
	LEFT JOIN carried c ON c.version = l.version
	WHERE v.first_seen_at <= as_of.at
), head AS (
	SELECT l.version FROM leads l
	ORDER BY l.may DESC, l.lead_at DESC, l.version DESC LIMIT 1
)
SELECT l.version, t.title, t.body,
	array_agg(DISTINCT live.url ORDER BY live.url),
	array_agg(DISTINCT o.name ORDER BY o.name),
	l.version = (SELECT head.version FROM head)
FROM leads l
JOIN live ON live.version = l.version
JOIN dateline_store.outlet o ON o.outlet_id = live.outlet_id
JOIN dateline_store.text t ON t.story_id = l.home AND t.text_hash = l.text_hash
GROUP BY l.version, t.title, t.body
ORDER BY l.version DESC
$$;

DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_ingest') THEN
		GRANT SELECT ON dateline_store.sighting_map_now
			TO dateline_ingest;
	END IF;
END $$;
