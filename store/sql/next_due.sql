-- When something is due next; null: never.
SELECT min(p.next_fetch_at) FROM dateline_store.page p WHERE NOT p.paused
	AND p.outlet_id NOT IN (SELECT outlet_id FROM
		dateline_store.outlet WHERE paused)
	AND p.host_key NOT IN (SELECT host_key FROM
		dateline_store.host WHERE paused)
