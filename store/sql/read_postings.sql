SELECT url, outlet, version, coverage, stale, status, first_seen_at,
	last_seen_at, match_score, match_reason, headline, external_id
FROM dateline.postings WHERE story_id = $1 ORDER BY first_seen_at, url
