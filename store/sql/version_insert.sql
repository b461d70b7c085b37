INSERT INTO dateline_store.version (story_id, version, text_hash, url_key,
	outlet_id, byline, credit, place, language, created_at, updated_at,
	effective_at, first_seen_at, last_seen_at, words, previous_version,
	change_kind, words_added, words_removed, stealth, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
	$17, $18, $19, $20, $21)
