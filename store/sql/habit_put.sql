-- $1 outlet_id, $2 sums, $3 threshold, $4 requests, $5 since. Written under
-- the judging lock, by who read it under the same.
INSERT INTO dateline_store.habit (outlet_id, sums, threshold, requests, since)
VALUES ($1, $2::text::double precision[], $3, $4, $5)
ON CONFLICT (outlet_id) DO UPDATE SET sums = excluded.sums,
	threshold = excluded.threshold, requests = excluded.requests,
	since = excluded.since
