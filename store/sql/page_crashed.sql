-- A page ($1 host_key, $2 url_key) that the parser died of, visited at $3, code
-- $4: it is visited again in a while, for the fault may have been the machine's;
-- the second time in a row it is set apart: not due until page_released.
UPDATE dateline_store.page SET last_fetch_at = greatest(last_fetch_at, $3),
	last_outcome = 'refused', visits = visits + 1, failures = failures + 1,
	next_fetch_at = CASE WHEN last_code IS DISTINCT FROM $4
		THEN $3::timestamptz + interval '5 minutes' END,
	last_code = $4, last_message = NULL
WHERE url_key = $2 AND (host_key = $1 OR kind = 'page')
RETURNING outlet_id, kind, next_fetch_at IS NULL
