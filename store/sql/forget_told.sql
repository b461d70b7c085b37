-- Tells that of story $1 page $2 (null: all of it) was erased, at $3.
INSERT INTO dateline_store.event (event_id, kind, story_id, version, url,
	outlet, occurred_at, observed_at, recorded_at, headline, detail)
SELECT nextval('dateline_store.event_id'), 'redacted', $1, NULL, $2,
	(SELECT o.name FROM dateline_store.page g
		JOIN dateline_store.outlet o ON o.outlet_id = g.outlet_id
		WHERE g.url_key = $4),
	NULL, $3, dateline_store.clock(), NULL,
	jsonb_build_object('reason', $5::text)
