-- One request: $1 host_key; 1 or 0 each: $2 not modified, $3 throttled; $4 place
-- in gaps, $5 gap in milliseconds; what the host is owed then (model/owed.h):
-- $6 asked at, $7 not before, $8 failures, $9 code, $10 why.
UPDATE dateline_store.host SET requests = requests + 1,
	not_modified = not_modified + $2::int, throttled = throttled + $3::int,
	gaps[$4::int] = coalesce(gaps[$4::int], 0) + 1,
	gap_least_ms = least(gap_least_ms, $5::bigint),
	asked_at = $6, next_ask_at = $7, rest_failures = $8, rest_code = $9,
	rest_why = $10
WHERE host_key = $1
