-- The older of two first: by time and URL of the first sighting.
SELECT story_id, status FROM dateline_store.story
WHERE story_id IN ($1, $2) ORDER BY first_seen_at, first_url, story_id
