INSERT INTO dateline_store.host (host_key, authority, outlet_id, operator)
VALUES ($1, $2, $3, $4)
ON CONFLICT (host_key) DO UPDATE SET operator = host.operator OR
	excluded.operator, outlet_id = CASE WHEN excluded.operator
	THEN excluded.outlet_id ELSE coalesce(host.outlet_id,
	excluded.outlet_id) END
