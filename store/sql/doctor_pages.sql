-- What has waited for over an hour, what is refused, who has no zone.
SELECT (SELECT count(*) FROM dateline_store.page p WHERE NOT p.paused
		AND p.next_fetch_at < dateline_store.clock() - interval '1 hour'
		AND p.outlet_id NOT IN (SELECT outlet_id FROM
			dateline_store.outlet WHERE paused)
		AND p.host_key NOT IN (SELECT host_key FROM
			dateline_store.host WHERE paused)),
	(SELECT count(*) FROM dateline_store.page WHERE kind IN ('source', 'feed')),
	(SELECT count(*) FROM dateline_store.quarantine),
	(SELECT count(*) FROM dateline_store.outlet WHERE operator AND zone IS NULL),
	(SELECT count(*) FROM dateline_store.outlet WHERE operator)
