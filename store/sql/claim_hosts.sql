-- Claims hosts with something due, by how long it has been: $1 now, $2 the
-- hosts that this session holds already, $3 how many at most. Who holds one
-- keeps it until he gives it back or his session ends.
SELECT host_key FROM (
	SELECT p.host_key FROM dateline_store.page p
	WHERE p.next_fetch_at <= $1 AND NOT p.paused
		AND p.outlet_id NOT IN (SELECT outlet_id FROM
			dateline_store.outlet WHERE paused)
		AND p.host_key NOT IN (SELECT host_key FROM
			dateline_store.host WHERE paused)
	GROUP BY p.host_key ORDER BY min(p.next_fetch_at), p.host_key
	OFFSET 0) due
WHERE CASE WHEN host_key = ANY ($2) THEN false
	ELSE pg_try_advisory_lock(host_key) END
LIMIT $3
