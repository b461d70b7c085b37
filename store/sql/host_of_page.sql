-- As host_insert ($1 to $4), for the host that page $5 (null: a list) is asked
-- at: the one of its known URL, which may be spelt otherwise. Of that one it
-- says nothing of whose the host is.
INSERT INTO dateline_store.host (host_key, authority, outlet_id, operator)
SELECT coalesce(g.host_key, $1::bigint), coalesce(g.authority, $2),
	CASE WHEN coalesce(g.host_key = $1, true) THEN $3::bigint END,
	$4::boolean
FROM (VALUES (1)) one (x)
LEFT JOIN LATERAL (SELECT q.host_key, substring(q.url FROM
		'^[a-z]+://(?:[^/?#@]*@)?(\[[^]]*\]|[^/:?#]*)') AS authority
	FROM dateline_store.page q
	WHERE q.url_key = $5 AND (q.kind = 'page' OR q.host_key = $1)
	ORDER BY q.host_key = $1 DESC LIMIT 1) g ON true
ON CONFLICT (host_key) DO UPDATE SET operator = host.operator OR
	excluded.operator, outlet_id = CASE WHEN excluded.operator
	THEN coalesce(excluded.outlet_id, host.outlet_id)
	ELSE coalesce(host.outlet_id, excluded.outlet_id) END
