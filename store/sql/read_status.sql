-- One row of totals.
SELECT (SELECT count(*) FROM dateline_store.story WHERE status <> 'merged'),
	(SELECT count(*) FROM dateline_store.page WHERE kind = 'page'),
	(SELECT count(*) FROM dateline_store.page
		WHERE next_fetch_at <= dateline_store.clock() AND NOT paused),
	(SELECT min(next_fetch_at) FROM dateline_store.page WHERE NOT paused),
	(SELECT count(*) FROM dateline_store.page WHERE failures > 0),
	(SELECT count(*) FROM dateline_store.quarantine),
	(SELECT max(event_id) FROM dateline_store.event),
	dateline_store.clock()
