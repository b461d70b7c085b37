UPDATE dateline_store.version SET effective_at = $3, first_seen_at = $4,
	last_seen_at = $5, change_kind = $6, note = $7, text_hash = $8,
	words = CASE WHEN text_hash = $8 THEN words ELSE $9 END,
	words_added = $10, words_removed = $11
WHERE story_id = $1 AND version = $2
