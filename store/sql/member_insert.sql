INSERT INTO dateline_store.membership (story_id, url_key, from_at, to_at,
	by_whom, why)
VALUES ($1, $2, $3, $4, $5, $6)
