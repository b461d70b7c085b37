-- $1 host_key, $2 url_key: arrays side by side. The last column says which
-- (1-based) a row is.
SELECT p.url, p.outlet_id, p.external_id, p.story_id, p.bound_story_id,
	p.shown_updated_at, p.held_hash, p.held_at, p.missed_at, p.visits,
	p.changes, p.failures, p.enrolled_at, p.changed_at, p.body_hash,
	p.body_revision, p.kind, p.forgotten_at IS NOT NULL,
	p.born_at, p.looked_at, p.changed_after, p.expected, p.revised,
	p.last_fetch_at, x.i
FROM unnest($1::bigint[], $2::uuid[]) WITH ORDINALITY x(host, url, i)
JOIN dateline_store.page p ON p.host_key = x.host AND p.url_key = x.url
