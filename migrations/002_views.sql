-- What readers are promised (contract.md): views and functions of schema
-- dateline, over the tables of dateline_store.

-- Where a version shows today: its own place, or the survivor's after merges.
CREATE VIEW dateline_store.version_now AS
SELECT v.story_id AS home, v.version AS home_version,
	coalesce(m.into_id, v.story_id) AS story_id,
	coalesce(m.into_version, v.version) AS version
FROM dateline_store.version v
LEFT JOIN dateline_store.version_map m
	ON m.story_id = v.story_id AND m.version = v.version AND m.current;

CREATE VIEW dateline_store.story_root AS
SELECT story_id, coalesce(merged_into, story_id) AS root
FROM dateline_store.story;

-- Lead time of a version (timeline.md, "Times and order").
CREATE VIEW dateline_store.version_lead AS
SELECT n.story_id, n.version, v.story_id AS home, v.version AS home_version,
	greatest(v.effective_at, (SELECT max(r.lead_at)
		FROM dateline_store.version_return r
		WHERE r.story_id = v.story_id AND r.version = v.version))
		AS lead_at
FROM dateline_store.version v
JOIN dateline_store.version_now n
	ON n.home = v.story_id AND n.home_version = v.version;

CREATE VIEW dateline.versions AS
SELECT n.story_id, n.version,
	CASE WHEN n.story_id <> v.story_id THEN v.story_id
		ELSE v.origin_story_id END AS origin_story_id,
	CASE WHEN n.story_id <> v.story_id THEN v.version
		ELSE v.origin_version END AS origin_version,
	t.title AS headline, t.summary, t.body, v.byline, v.credit, v.place,
	v.created_at, v.updated_at, v.effective_at, v.first_seen_at,
	v.last_seen_at, v.words,
	replace(v.text_hash::text, '-', '') AS content_hash,
	CASE WHEN n.story_id = v.story_id THEN v.previous_version
		ELSE (SELECT p.version FROM dateline_store.version_now p
			WHERE p.home = v.story_id
			AND p.home_version = v.previous_version) END
		AS previous_version,
	v.change_kind, v.words_added, v.words_removed, v.stealth, v.note
FROM dateline_store.version v
JOIN dateline_store.version_now n
	ON n.home = v.story_id AND n.home_version = v.version
JOIN dateline_store.text t
	ON t.story_id = v.story_id AND t.text_hash = v.text_hash;

-- Every stretch with the version that it shows today.
CREATE VIEW dateline_store.sighting_now AS
SELECT r.root AS story_id, s.story_id AS home, s.url_key, s.first_seen_at,
	s.last_seen_at, s.text_hash, n.version,
	coalesce(o.coverage, s.coverage) AS coverage, s.flips, s.stealth
FROM dateline_store.sighting s
JOIN dateline_store.story_root r ON r.story_id = s.story_id
LEFT JOIN LATERAL (SELECT m.version_of, m.version, m.coverage
	FROM dateline_store.sighting_map m
	WHERE m.story_id = s.story_id AND m.url_key = s.url_key
	AND m.first_seen_at = s.first_seen_at
	ORDER BY m.merge_id DESC LIMIT 1) o ON true
JOIN dateline_store.version_now n
	ON n.home = coalesce(o.version_of, s.version_of)
	AND n.home_version = coalesce(o.version, s.version);

CREATE VIEW dateline.sightings AS
SELECT s.story_id, p.url, o.name AS outlet, s.version,
	replace(s.text_hash::text, '-', '') AS text_hash, t.title AS headline,
	s.coverage, s.first_seen_at, s.last_seen_at, s.flips, s.stealth
FROM dateline_store.sighting_now s
JOIN dateline_store.posting p
	ON p.story_id = s.home AND p.url_key = s.url_key
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id
JOIN dateline_store.text t
	ON t.story_id = s.home AND t.text_hash = s.text_hash;

CREATE VIEW dateline.postings AS
SELECT r.root AS story_id, p.url, p.external_id, o.name AS outlet, s.version,
	replace(s.text_hash::text, '-', '') AS text_hash, t.title AS headline,
	s.coverage,
	p.status = 'live' AND (lead.lead_at, s.version) <
		(head.lead_at, head.version) AS stale,
	f.first_seen_at, s.last_seen_at, p.status, p.match_score,
	p.match_reason
FROM dateline_store.posting p
JOIN dateline_store.story_root r ON r.story_id = p.story_id
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id
JOIN LATERAL (SELECT x.* FROM dateline_store.sighting_now x
	WHERE x.home = p.story_id AND x.url_key = p.url_key
	ORDER BY x.first_seen_at DESC LIMIT 1) s ON true
JOIN LATERAL (SELECT min(x.first_seen_at) AS first_seen_at
	FROM dateline_store.sighting x
	WHERE x.story_id = p.story_id AND x.url_key = p.url_key) f ON true
JOIN dateline_store.text t
	ON t.story_id = p.story_id AND t.text_hash = s.text_hash
JOIN dateline_store.story root ON root.story_id = r.root
LEFT JOIN dateline_store.version_lead lead
	ON lead.story_id = r.root AND lead.version = s.version
LEFT JOIN dateline_store.version_lead head
	ON head.home = root.head_of AND head.home_version = root.head_version;

CREATE VIEW dateline.stories AS
SELECT s.story_id, s.status, s.merged_into, t.title AS headline, h.credit,
	h.place, h.language, v.created_at, v.updated_at, g.first_seen_at,
	g.last_seen_at, n.version AS head_version,
	coalesce(v.versions, 0) AS versions, coalesce(g.postings, 0) AS postings,
	coalesce(g.outlets, 0) AS outlets, coalesce(v.corrections, 0) AS corrections
FROM dateline_store.story s
LEFT JOIN dateline_store.version h ON s.status <> 'merged'
	AND h.story_id = s.head_of AND h.version = s.head_version
LEFT JOIN dateline_store.version_now n
	ON n.home = h.story_id AND n.home_version = h.version
LEFT JOIN dateline_store.text t
	ON t.story_id = h.story_id AND t.text_hash = h.text_hash
LEFT JOIN LATERAL (SELECT min(x.created_at) AS created_at,
		max(x.updated_at) AS updated_at, count(*)::int AS versions,
		(count(*) FILTER (WHERE x.change_kind = 'corrected'))::int
			AS corrections
	FROM dateline_store.story r
	JOIN dateline_store.version x ON x.story_id = r.story_id
	WHERE s.status <> 'merged' AND (r.story_id = s.story_id
		OR r.merged_into = s.story_id)) v ON true
LEFT JOIN LATERAL (SELECT min(x.first_seen_at) AS first_seen_at,
		max(x.last_seen_at) AS last_seen_at,
		count(DISTINCT x.url_key)::int AS postings,
		count(DISTINCT p.outlet_id)::int AS outlets
	FROM dateline_store.story r
	JOIN dateline_store.sighting x ON x.story_id = r.story_id
	JOIN dateline_store.posting p ON p.story_id = x.story_id
		AND p.url_key = x.url_key
	WHERE r.story_id = s.story_id OR r.merged_into = s.story_id) g ON true;

CREATE VIEW dateline.events AS
SELECT e.event_id, e.kind, e.story_id, coalesce(s.merged_into, e.story_id)
	AS story_id_now, e.version, e.url, e.outlet, e.occurred_at,
	e.observed_at, e.recorded_at, e.headline, e.detail
FROM dateline_store.event e
LEFT JOIN dateline_store.story s ON s.story_id = e.story_id;

CREATE VIEW dateline.pages AS
SELECT p.url, o.name AS outlet, p.kind, p.next_fetch_at, p.last_fetch_at,
	p.last_outcome, p.interval_s, p.failures, p.changes, p.visits
FROM dateline_store.page p
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id;

CREATE VIEW dateline.captures AS
SELECT replace(c.capture_id::text, '-', '') AS capture_id, p.url,
	c.fetched_at, c.outcome, c.http_status, c.bytes, c.duration_ms,
	replace(c.body_hash::text, '-', '') AS body_hash, c.extractor,
	c.warc_file, c.warc_offset
FROM dateline_store.capture c
JOIN dateline_store.page p
	ON p.host_key = c.host_key AND p.url_key = c.url_key;

-- quiet: nothing new for four times the usual gap of the last 14 days, and
-- for a day at least; an outlet with fewer than five news has no usual gap.
CREATE VIEW dateline.outlets AS
SELECT o.name AS outlet, o.host, o.zone, p.pages, p.stories,
	c.last_success_at, coalesce(c.failures_24h, 0) AS failures_24h,
	coalesce(e.n >= 5 AND dateline_store.clock() - e.last > greatest(
		interval '24 hours', 4 * (e.last - e.first) / (e.n - 1)), false)
		AS quiet
FROM dateline_store.outlet o
LEFT JOIN LATERAL (SELECT count(*)::int AS pages,
		count(DISTINCT x.story_id)::int AS stories
	FROM dateline_store.page x
	WHERE x.outlet_id = o.outlet_id AND x.kind = 'page') p ON true
LEFT JOIN LATERAL (SELECT max(x.fetched_at) FILTER (WHERE x.outcome IN
			('article', 'unchanged', 'links')) AS last_success_at,
		(count(*) FILTER (WHERE x.outcome IN ('http_error',
			'fetch_error', 'refused') AND x.fetched_at >
			dateline_store.clock() - interval '24 hours'))::int
			AS failures_24h
	FROM dateline_store.page y
	JOIN dateline_store.capture x ON x.host_key = y.host_key
		AND x.url_key = y.url_key
	WHERE y.outlet_id = o.outlet_id) c ON true
LEFT JOIN LATERAL (SELECT count(*) AS n, max(x.observed_at) AS last,
		min(x.observed_at) AS first
	FROM dateline_store.event x
	WHERE x.outlet = o.name AND x.kind IN ('created', 'reposted')
	AND x.observed_at > dateline_store.clock() - interval '14 days') e
	ON true;

CREATE VIEW dateline.quarantine AS
SELECT input, stage, code, message, at FROM dateline_store.quarantine;

-- What was carried at a time: by observed time and today's identity.
CREATE FUNCTION dateline.as_of(story_id bigint, at timestamptz)
RETURNS TABLE (version integer, headline text, body text, urls text[],
	outlets text[], is_head boolean)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
WITH root AS (
	SELECT r.root AS id, s.outlet_id
	FROM dateline_store.story_root r
	JOIN dateline_store.story s ON s.story_id = r.root
	WHERE r.story_id = as_of.story_id
), seen AS (
	SELECT x.*, p.outlet_id, p.url FROM root
	JOIN dateline_store.story_root r ON r.root = root.id
	JOIN dateline_store.sighting_now x ON x.home = r.story_id
	JOIN dateline_store.posting p ON p.story_id = x.home
		AND p.url_key = x.url_key
	WHERE x.first_seen_at <= as_of.at
), live AS (
	SELECT DISTINCT ON (s.home, s.url_key) s.*
	FROM seen s
	JOIN dateline_store.membership m ON m.story_id = s.home
		AND m.url_key = s.url_key AND m.from_at <= as_of.at
		AND (m.to_at IS NULL OR as_of.at < m.to_at)
	ORDER BY s.home, s.url_key, s.first_seen_at DESC
), leads AS (
	SELECT n.version, v.story_id AS home, v.text_hash,
		greatest(v.effective_at, (SELECT max(b.lead_at)
			FROM dateline_store.version_return b
			WHERE b.story_id = v.story_id AND b.version = v.version
			AND b.seen_at <= as_of.at)) AS lead_at,
		EXISTS (SELECT 1 FROM seen s WHERE s.version = n.version
			AND s.outlet_id = root.outlet_id)
		OR (SELECT count(DISTINCT s.outlet_id) > 1 FROM seen s
			WHERE s.version = n.version)
		OR NOT EXISTS (SELECT 1 FROM live
			WHERE live.outlet_id = root.outlet_id) AS may
	FROM root
	JOIN dateline_store.version_now n ON n.story_id = root.id
	JOIN dateline_store.version v ON v.story_id = n.home
		AND v.version = n.home_version
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

-- Full text of the texts, as words are ('simple': any language). An index
-- entry holds at most 1 MB: the first 200,000 characters are searched.
CREATE FUNCTION dateline_store.words_of(title text, body text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT to_tsvector('pg_catalog.simple', left(title || ' ' || body, 200000))
$$;
CREATE INDEX text_words ON dateline_store.text
	USING gin (dateline_store.words_of(title, body));

CREATE FUNCTION dateline.search(query text)
RETURNS TABLE (story_id bigint, version integer, headline text, rank real,
	snippet text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
SELECT x.story_id, x.version, x.headline, x.rank,
	ts_headline('pg_catalog.simple', x.body, x.q,
		'MaxFragments=1, MaxWords=30, MinWords=12')
FROM (
	SELECT DISTINCT ON (n.story_id) n.story_id, n.version,
		t.title AS headline, t.body, q,
		ts_rank(dateline_store.words_of(t.title, t.body), q) AS rank
	FROM websearch_to_tsquery('pg_catalog.simple', query) q
	JOIN dateline_store.text t
		ON dateline_store.words_of(t.title, t.body) @@ q
	JOIN dateline_store.version v ON v.story_id = t.story_id
		AND v.text_hash = t.text_hash
	JOIN dateline_store.version_now n ON n.home = v.story_id
		AND n.home_version = v.version
	ORDER BY n.story_id, n.version DESC
) x
ORDER BY x.rank DESC, x.story_id
$$;

-- For Grafana: time, metric, value.
CREATE VIEW dateline.v_events AS
SELECT date_trunc('hour', observed_at) AS time, kind AS metric,
	count(*)::float8 AS value
FROM dateline_store.event GROUP BY 1, 2;

CREATE VIEW dateline.v_captures AS
SELECT date_trunc('hour', fetched_at) AS time, outcome AS metric,
	count(*)::float8 AS value
FROM dateline_store.capture GROUP BY 1, 2;

-- Seconds from the publisher's time to our first sight, by outlet.
CREATE VIEW dateline.v_lag AS
SELECT date_trunc('hour', e.observed_at) AS time, e.outlet AS metric,
	avg(extract(epoch FROM e.observed_at - e.occurred_at))::float8 AS value
FROM dateline_store.event e
WHERE e.occurred_at IS NOT NULL AND e.outlet IS NOT NULL
	AND e.kind IN ('created', 'updated', 'corrected', 'retitled')
GROUP BY 1, 2;

-- Live postings that carry an older version than the head, by outlet, now.
CREATE VIEW dateline.v_stale AS
SELECT dateline_store.clock() AS time, outlet AS metric,
	count(*)::float8 AS value
FROM dateline.postings WHERE stale GROUP BY 2;

-- Who may do what. Roles are the cluster's; where they could not be made,
-- `migrate` has said so.
DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_reader') THEN
		GRANT USAGE ON SCHEMA dateline TO dateline_reader;
		GRANT SELECT ON ALL TABLES IN SCHEMA dateline TO dateline_reader;
		GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA dateline
			TO dateline_reader;
	END IF;
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_ingest') THEN
		GRANT USAGE ON SCHEMA dateline, dateline_store TO dateline_ingest;
		GRANT SELECT ON ALL TABLES IN SCHEMA dateline TO dateline_ingest;
		GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES
			IN SCHEMA dateline_store TO dateline_ingest;
		GRANT USAGE ON ALL SEQUENCES IN SCHEMA dateline_store
			TO dateline_ingest;
	END IF;
END $$;
REVOKE ALL ON FUNCTION dateline_store.make_partition(text, timestamptz)
	FROM PUBLIC;
DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_ingest') THEN
		GRANT EXECUTE ON FUNCTION
			dateline_store.make_partition(text, timestamptz)
			TO dateline_ingest;
	END IF;
END $$;
