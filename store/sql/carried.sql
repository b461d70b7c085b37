-- Arrays, an item a text: $1 hashes of its sentences in the text form of
-- bigint[], $2 outlet, $3 story, $4 whether no row of the story can be there. One
-- writer at a time is here (the judging lock), so that what is not there may be
-- inserted as it is.
INSERT INTO dateline_store.sentence (hash, outlet_id, story_id)
SELECT n.hash, n.outlet, n.story
FROM (SELECT DISTINCT ON (h, x.outlet, x.story) h AS hash, x.outlet, x.story, x.own
	FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::boolean[])
		WITH ORDINALITY x(hashes, outlet, story, own, i),
		unnest(x.hashes::bigint[]) h
	ORDER BY h, x.outlet, x.story, x.i) n
WHERE n.own OR NOT EXISTS (SELECT FROM dateline_store.sentence s
	WHERE s.hash = n.hash AND s.outlet_id = n.outlet
	AND s.story_id = n.story OFFSET 0)
