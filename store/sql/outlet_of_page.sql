-- The outlet of page $2, whose URL is spelt with host $1; else of the host.
SELECT o.name, o.zone, o.credit FROM dateline_store.outlet o
WHERE o.outlet_id = coalesce(
	(SELECT g.outlet_id FROM dateline_store.page g
		WHERE g.url_key = $2 AND (g.host_key = $1 OR g.kind = 'page')
		ORDER BY g.host_key = $1 DESC LIMIT 1),
	(SELECT h.outlet_id FROM dateline_store.host h WHERE h.host_key = $1))
