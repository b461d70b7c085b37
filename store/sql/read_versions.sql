SELECT version, headline, summary, body, change_kind, words_added,
	words_removed, previous_version, stealth, note, first_seen_at,
	effective_at, origin_story_id, origin_version
FROM dateline.versions WHERE story_id = $1 ORDER BY version
