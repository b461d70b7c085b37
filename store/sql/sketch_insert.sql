-- Arrays, an item a new version, or a text that carries one: its number is below
-- zero then, and may be told again. $1: its hashes in the text form of bigint[]. In
-- the index's order.
INSERT INTO dateline_store.sketch (hash, effective_at, story_id, version)
SELECT DISTINCT h, x.at, x.story, x.version
FROM unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::int[])
	x(hashes, at, story, version), unnest(x.hashes::bigint[]) h
ORDER BY 1, 2, 3, 4
ON CONFLICT DO NOTHING
