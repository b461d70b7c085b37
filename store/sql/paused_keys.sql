-- Hosts and outlets that are left alone.
SELECT ARRAY(SELECT host_key FROM dateline_store.host WHERE paused),
	ARRAY(SELECT outlet_id FROM dateline_store.outlet WHERE paused)
