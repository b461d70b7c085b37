SELECT story_id, status, merged_into, headline, credit, place, created_at,
	updated_at, first_seen_at, last_seen_at, head_version, versions,
	postings, outlets, corrections
FROM dateline.stories WHERE story_id = $1
