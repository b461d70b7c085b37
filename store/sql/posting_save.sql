INSERT INTO dateline_store.posting (story_id, url_key, host_key, url,
	outlet_id, external_id, status, flips, match_score, match_reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (story_id, url_key) DO UPDATE SET status = excluded.status,
	flips = excluded.flips,
	external_id = coalesce(excluded.external_id, posting.external_id)
