-- What has waited for over an hour, what is refused, who has no zone.
SELECT (SELECT count(*) FROM dateline_store.page p WHERE NOT p.paused
		AND p.next_fetch_at < dateline_store.clock() - interval '1 hour'
		AND p.outlet_id NOT IN (SELECT outlet_id FROM
			dateline_store.outlet WHERE paused)
		AND p.host_key NOT IN (SELECT host_key FROM
			dateline_store.host WHERE paused)),
	(SELECT count(*) FROM dateline_store.page p
		WHERE p.kind IN ('source', 'feed') AND
		(p.kind = 'source' OR p.fed_at IS NOT NULL
			OR p.front OR p.visits = 0 OR p.failures > 0)),
	(SELECT count(*) FROM dateline_store.quarantine),
	(SELECT count(*) FROM dateline_store.outlet WHERE operator AND zone IS NULL),
	(SELECT count(*) FROM dateline_store.outlet WHERE operator)
