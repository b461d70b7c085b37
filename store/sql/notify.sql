-- The doorbell, once a batch.
SELECT pg_notify('dateline_events', json_build_object('event_id', $1::bigint)
	::text)
