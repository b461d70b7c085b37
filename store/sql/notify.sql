-- The doorbell, once a batch: the last event that it told.
SELECT pg_notify('dateline_events', json_build_object('event_id',
	currval('dateline_store.event_id'))::text)
