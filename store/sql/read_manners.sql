-- Hosts that were asked: $1 one's key, or 0 for all. gaps are counted by place;
-- the median's place.
SELECT h.authority, h.requests, h.not_modified, h.refusals, h.throttled,
	o.delay_ms, h.robots, h.robots_status, h.robots_at, h.gap_least_ms,
	(SELECT g.place FROM (
		SELECT x.place, sum(x.n) OVER (ORDER BY x.place) AS upto,
			sum(x.n) OVER () AS total
		FROM unnest(h.gaps) WITH ORDINALITY AS x(n, place)
		WHERE x.place > 1 AND x.n > 0) g
	WHERE g.upto * 2 >= g.total ORDER BY g.place LIMIT 1) AS median,
	h.tdm IS NOT NULL, h.broken_since, h.broken_why,
	CASE WHEN h.rest_failures > 0 AND h.next_ask_at > dateline_store.clock()
		THEN h.next_ask_at END,
	CASE WHEN h.rest_failures > 0 AND h.next_ask_at > dateline_store.clock()
		THEN h.rest_why END
FROM dateline_store.host h
LEFT JOIN dateline_store.outlet o ON o.outlet_id = h.outlet_id
WHERE ($1::bigint = 0 AND (h.requests > 0 OR h.robots_at IS NOT NULL))
	OR h.host_key = $1
ORDER BY h.requests DESC, h.authority
