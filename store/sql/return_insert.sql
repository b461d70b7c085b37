INSERT INTO dateline_store.version_return (story_id, version, seen_at, url_key,
	lead_at)
SELECT * FROM unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::uuid[],
	$5::timestamptz[])
ON CONFLICT DO NOTHING
