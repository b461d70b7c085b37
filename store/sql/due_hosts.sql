-- Hosts with something due: $1 now, $2 sources first (true) or pages.
SELECT p.host_key FROM dateline_store.page p
WHERE p.next_fetch_at <= $1 AND NOT p.paused AND (p.kind <> 'page') = $2
GROUP BY p.host_key ORDER BY min(p.next_fetch_at), p.host_key LIMIT 500
