-- Claims hosts with something due that nobody else holds, by how long it has
-- been: $1 now, $2 sources (true) or pages.
SELECT host_key FROM (SELECT p.host_key FROM dateline_store.page p
WHERE p.next_fetch_at <= $1 AND NOT p.paused AND (p.kind <> 'page') = $2
	AND p.outlet_id NOT IN (SELECT outlet_id FROM
		dateline_store.outlet WHERE paused)
	AND p.host_key NOT IN (SELECT host_key FROM
		dateline_store.host WHERE paused)
GROUP BY p.host_key ORDER BY min(p.next_fetch_at), p.host_key OFFSET 0) due
WHERE pg_try_advisory_lock(host_key) LIMIT 500
