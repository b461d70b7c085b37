INSERT INTO dateline_store.sighting (story_id, url_key, first_seen_at,
	last_seen_at, text_hash, version_of, version, coverage, flips, stealth,
	pending, changed_at, rule, byline, credit, place, note, updated_at,
	updated_raw, zone_known)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
	$17, $18, $19, $20)
