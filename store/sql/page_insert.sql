-- $1 host_key, $2 url_key, $3 url, $4 outlet_id, $5 external_id, $6 kind,
-- $7 enrolled_at, $8 next_fetch_at, $9 depth. A page that is known under another
-- host stays there.
INSERT INTO dateline_store.page (host_key, url_key, url, outlet_id,
	external_id, kind, enrolled_at, next_fetch_at, depth)
SELECT $1::bigint, $2::uuid, $3, $4::bigint, $5, $6, $7::timestamptz,
	$8::timestamptz, $9::int
WHERE $6 <> 'page' OR NOT EXISTS (SELECT FROM dateline_store.page g
	WHERE g.url_key = $2::uuid AND g.kind = 'page')
ON CONFLICT (host_key, url_key) DO NOTHING
