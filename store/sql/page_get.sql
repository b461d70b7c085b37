-- $1 host_key, $2 url_key.
SELECT url, outlet_id, external_id, story_id, bound_story_id,
	shown_updated_at, held_hash, held_at, missed_at, visits, changes,
	failures, enrolled_at, changed_at, body_hash, body_revision, kind,
	forgotten_at IS NOT NULL,
	born_at, looked_at, changed_after, expected, revised
FROM dateline_store.page WHERE host_key = $1 AND url_key = $2
