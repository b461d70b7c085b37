-- $1 host_key of the URL as it is spelt, $2 url_key: arrays side by side. A
-- page is found by its key, whose rows may lie under another host; lists by both.
-- The last columns: which one (1-based), under which host, and whether it has
-- two rows that must be made one.
SELECT p.url, p.outlet_id, p.external_id, p.story_id, p.bound_story_id,
	p.shown_updated_at, p.held_hash, p.held_at, p.missed_at, p.visits,
	p.changes, p.failures, p.enrolled_at, p.changed_at, p.body_hash,
	p.body_revision, p.kind, p.forgotten_at IS NOT NULL,
	p.born_at, p.looked_at, p.changed_after, p.expected, p.revised,
	p.last_fetch_at, x.i, p.host_key, p.twice
FROM unnest($1::bigint[], $2::uuid[]) WITH ORDINALITY x(host, url, i)
CROSS JOIN LATERAL (SELECT q.*,
		count(*) FILTER (WHERE q.kind = 'page') OVER () > 1 AS twice
	FROM dateline_store.page q
	WHERE q.url_key = x.url AND (q.kind = 'page' OR q.host_key = x.host)
	ORDER BY q.host_key = x.host DESC LIMIT 1) p
