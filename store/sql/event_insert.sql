-- The id is drawn here, under the judging lock: its order is commit's.
INSERT INTO dateline_store.event (event_id, kind, story_id, version, url,
	outlet, occurred_at, observed_at, recorded_at, headline, detail)
SELECT nextval('dateline_store.event_id'), $1, $2, $3, $4,
	(SELECT name FROM dateline_store.outlet WHERE outlet_id = $5), $6, $7,
	dateline_store.clock(), $8, $9
