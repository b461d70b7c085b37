-- Arrays, an item a stretch that became part of the one before.
DELETE FROM dateline_store.membership m
USING unnest($1::bigint[], $2::uuid[], $3::timestamptz[]) x(story, url, at)
WHERE m.story_id = x.story AND m.url_key = x.url AND m.from_at = x.at
