-- One row of totals.
SELECT (SELECT count(*) FROM dateline_store.story WHERE status <> 'merged'),
	(SELECT count(*) FROM dateline_store.page WHERE kind = 'page'),
	(SELECT count(*) FROM dateline_store.page p
		WHERE p.next_fetch_at <= dateline_store.clock() AND NOT p.paused
		AND p.outlet_id NOT IN (SELECT outlet_id FROM
			dateline_store.outlet WHERE paused)
		AND p.host_key NOT IN (SELECT host_key FROM
			dateline_store.host WHERE paused)),
	(SELECT min(p.next_fetch_at) FROM dateline_store.page p
		WHERE NOT p.paused
		AND p.outlet_id NOT IN (SELECT outlet_id FROM
			dateline_store.outlet WHERE paused)
		AND p.host_key NOT IN (SELECT host_key FROM
			dateline_store.host WHERE paused)),
	(SELECT count(*) FROM dateline_store.page WHERE failures > 0),
	(SELECT count(*) FROM dateline_store.quarantine),
	(SELECT max(event_id) FROM dateline_store.event),
	dateline_store.clock()
