-- Hosts that sessions hold, how long each session has been idle, and for how
-- long the judging lock (49060312, judge_lock.sql) has been held by it.
-- Ages are of the server's own clock, as what they are counted from.
SELECT a.pid, coalesce(a.client_addr::text, 'this machine'),
	count(h.host_key), CASE WHEN a.state LIKE 'idle%'
		THEN extract(epoch FROM clock_timestamp() - a.state_change)::bigint ELSE 0 END,
	CASE WHEN bool_or(l.key = 49060312)
		THEN extract(epoch FROM clock_timestamp() - a.xact_start)::bigint
		ELSE 0 END,
	min(h.authority)
FROM (SELECT pid, (classid::bigint << 32) | objid::bigint AS key
	FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted
	AND database = (SELECT oid FROM pg_database
		WHERE datname = current_database())) l
JOIN pg_stat_activity a ON a.pid = l.pid
LEFT JOIN dateline_store.host h ON h.host_key = l.key
GROUP BY a.pid, a.client_addr, a.state, a.state_change, a.xact_start
ORDER BY 3 DESC, 1
