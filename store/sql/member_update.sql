-- Arrays, an item a stretch: $3 from_at as stored, $4 as it is now.
UPDATE dateline_store.membership m SET from_at = x.now, to_at = x.until
FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::timestamptz[],
	$5::timestamptz[]) x(story, url, stored, now, until)
WHERE m.story_id = x.story AND m.url_key = x.url AND m.from_at = x.stored
