-- Arrays, an item a new version, which has no rows before, or a text that carries
-- one: its number is below zero then, and may have been told before. $1: its hashes
-- in the text form of bigint[]. In the index's order. One writer at a time is here
-- (the judging lock), so that what is not there may be inserted as it is.
INSERT INTO dateline_store.sketch (hash, effective_at, story_id, version)
SELECT n.hash, n.at, n.story, n.version
FROM (SELECT DISTINCT h AS hash, x.at, x.story, x.version
	FROM unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::int[])
		x(hashes, at, story, version), unnest(x.hashes::bigint[]) h
	ORDER BY 1, 2, 3, 4) n
WHERE n.version > 0 OR NOT EXISTS (SELECT FROM dateline_store.sketch s
	WHERE s.hash = n.hash AND s.effective_at = n.at
	AND s.story_id = n.story AND s.version = n.version OFFSET 0)
