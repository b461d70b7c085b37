-- Versions of others than homes $3 that pages $2 of story $1, and those of homes $3,
-- carry: by themselves, or since a merge.
SELECT DISTINCT v.home, v.version
FROM dateline_store.story f
JOIN dateline_store.sighting x ON x.story_id = f.story_id
LEFT JOIN dateline_store.sighting_map m ON m.story_id = x.story_id
	AND m.url_key = x.url_key AND m.first_seen_at = x.first_seen_at
CROSS JOIN LATERAL (VALUES (x.version_of, x.version),
	(m.version_of, m.version)) v(home, version)
WHERE f.root = $1
	AND (x.url_key = ANY ($2::uuid[]) OR f.story_id = ANY ($3::bigint[]))
	AND v.home <> ALL ($3::bigint[])
