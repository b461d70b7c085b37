-- Arrays, an item a stretch that became part of the one before, with what a merge
-- made of it.
WITH x AS (
	SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[])
		x(story, url, first)
), maps AS (
	DELETE FROM dateline_store.sighting_map m USING x
	WHERE m.story_id = x.story AND m.url_key = x.url
	AND m.first_seen_at = x.first
)
DELETE FROM dateline_store.sighting s USING x
WHERE s.story_id = x.story AND s.url_key = x.url AND s.first_seen_at = x.first
