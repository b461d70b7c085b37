INSERT INTO dateline_store.text (story_id, text_hash, version_of, version,
	title, summary, body, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (story_id, text_hash) DO UPDATE SET
	version_of = excluded.version_of, version = excluded.version
