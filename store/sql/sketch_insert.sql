-- Arrays, an item a text: its hashes in the text form of bigint[], the step of
-- time that it is told in, its story, the version that it opened (of one that it
-- carries, a number below zero), whether no row of the story can be there. A story
-- tells a hash once a step: the first of its texts has the row. In the index's
-- order. One writer at a time is here (the judging lock), so that what is not
-- there may be inserted as it is.
INSERT INTO dateline_store.sketch (hash, effective_at, story_id, version)
SELECT n.hash, n.at, n.story, n.version
FROM (SELECT DISTINCT ON (h, x.at, x.story) h AS hash, x.at, x.story, x.version,
		x.own
	FROM unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::int[],
		$5::boolean[]) WITH ORDINALITY x(hashes, at, story, version, own, i),
		unnest(x.hashes::bigint[]) h
	ORDER BY h, x.at, x.story, x.i) n
WHERE n.own OR NOT EXISTS (SELECT FROM dateline_store.sketch s WHERE s.hash = n.hash
	AND s.effective_at = n.at AND s.story_id = n.story OFFSET 0)
