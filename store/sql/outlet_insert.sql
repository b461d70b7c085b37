-- $1 name, $2 host, $3 zone, $4 credit, $5 every_s, $6 operator, $7 now.
INSERT INTO dateline_store.outlet (outlet_id, name, host, zone, credit,
	every_s, operator, added_at)
SELECT nextval('dateline_store.outlet_id'), $1, $2, $3, $4, $5, $6, $7
ON CONFLICT (name) DO UPDATE SET host = coalesce(excluded.host, outlet.host),
	zone = coalesce(excluded.zone, outlet.zone),
	credit = coalesce(excluded.credit, outlet.credit),
	every_s = coalesce(excluded.every_s, outlet.every_s),
	operator = outlet.operator OR excluded.operator
RETURNING outlet_id
