-- One visit: $1 host_key, then 1 or 0 each: $2 asked, $3 not modified,
-- $4 refused by robots.txt, $5 throttled; $6 place in gaps, $7 gap in
-- milliseconds; $8 a text came.
UPDATE dateline_store.host SET requests = requests + $2::int,
	not_modified = not_modified + $3::int, refusals = refusals + $4::int,
	throttled = throttled + $5::int,
	gaps[$6::int] = coalesce(gaps[$6::int], 0) + $2::int,
	gap_least_ms = least(gap_least_ms, $7::bigint),
	broken_since = CASE WHEN NOT $8 THEN broken_since END
WHERE host_key = $1
