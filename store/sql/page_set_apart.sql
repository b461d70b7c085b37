-- A page whose visit broke judging ($3 when, $4 code) is tried again ever more
-- rarely, as after other failures.
UPDATE dateline_store.page SET last_fetch_at = greatest(last_fetch_at, $3),
	last_outcome = 'refused', last_code = $4, last_message = NULL,
	visits = visits + 1, failures = failures + 1, next_fetch_at = $3::timestamptz + least(
		interval '5 minutes' * power(2, least(failures, 10)),
		interval '6 hours')
WHERE url_key = $2 AND (host_key = $1 OR kind = 'page')
