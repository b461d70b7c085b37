INSERT INTO dateline_store.version_return (story_id, version, seen_at, url_key,
	lead_at)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
