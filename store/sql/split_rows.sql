-- Rows of pages $3 of story $2, as they show there, become story $1's: postings,
-- when they were live, stretches and the texts of these.
WITH family AS (
	SELECT story_id FROM dateline_store.story WHERE root = $2
), stretch AS (
	SELECT x.*, o.version_of AS shown_of, o.version AS shown_as,
		o.coverage AS covers
	FROM family f
	JOIN dateline_store.sighting x ON x.story_id = f.story_id
		AND x.url_key = ANY ($3::uuid[])
	LEFT JOIN dateline_store.sighting_map_now o ON o.story_id = x.story_id
		AND o.url_key = x.url_key AND o.first_seen_at = x.first_seen_at
), p AS (
	INSERT INTO dateline_store.posting (story_id, url_key, host_key, url,
		outlet_id, external_id, status, flips, match_score, match_reason)
	SELECT DISTINCT ON (p.url_key) $1::bigint, p.url_key, p.host_key, p.url,
		p.outlet_id, p.external_id, p.status, p.flips, p.match_score,
		p.match_reason
	FROM family f
	JOIN dateline_store.posting p ON p.story_id = f.story_id
		AND p.url_key = ANY ($3::uuid[])
	ORDER BY p.url_key, p.status <> 'live', p.story_id
), m AS (
	INSERT INTO dateline_store.membership (story_id, url_key, from_at, to_at,
		by_whom, why)
	SELECT DISTINCT ON (m.url_key, m.from_at) $1::bigint, m.url_key,
		m.from_at, m.to_at, m.by_whom, m.why
	FROM family f
	JOIN dateline_store.membership m ON m.story_id = f.story_id
		AND m.url_key = ANY ($3::uuid[])
	ORDER BY m.url_key, m.from_at, m.story_id
), t AS (
	INSERT INTO dateline_store.text (story_id, text_hash, version_of,
		version, title, summary, body, revision, opens)
	SELECT DISTINCT ON (t.text_hash) $1::bigint, t.text_hash, x.shown_of,
		x.shown_as, t.title, t.summary, t.body, t.revision, t.opens
	FROM (SELECT story_id, text_hash, first_seen_at,
			coalesce(shown_of, version_of) AS shown_of,
			coalesce(shown_as, version) AS shown_as FROM stretch) x
	JOIN dateline_store.text t ON t.story_id = x.story_id
		AND t.text_hash = x.text_hash
	ORDER BY t.text_hash, (t.version_of, t.version) <>
		(x.shown_of, x.shown_as), x.first_seen_at DESC
)
INSERT INTO dateline_store.sighting (story_id, url_key, first_seen_at,
	last_seen_at, text_hash, version_of, version, coverage, flips, stealth,
	pending, changed_at, rule, byline, credit, place, note, updated_at,
	updated_raw, zone_known)
SELECT DISTINCT ON (url_key, first_seen_at) $1::bigint, url_key, first_seen_at,
	last_seen_at, text_hash, coalesce(shown_of, version_of),
	coalesce(shown_as, version), coalesce(covers, coverage), flips, stealth,
	pending, changed_at, rule, byline, credit, place, note, updated_at,
	updated_raw, zone_known
FROM stretch ORDER BY url_key, first_seen_at, story_id
