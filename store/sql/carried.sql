-- Arrays, an item a text: $1 hashes of its sentences in the text form of
-- bigint[], $2 outlet, $3 story, $4 the hash that opens it (may be null). One
-- writer at a time is here (the judging lock), so that what is not there may be
-- inserted as it is. What opened a text once and stood in another has two rows.
INSERT INTO dateline_store.sentence (hash, outlet_id, story_id, opens)
SELECT n.hash, n.outlet, n.story, n.opens
FROM (SELECT DISTINCT h AS hash, x.outlet, x.story,
		coalesce(h = x.opening, false) AS opens
	FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[])
		x(hashes, outlet, story, opening), unnest(x.hashes::bigint[]) h
	ORDER BY 1, 2, 3, 4) n
WHERE NOT EXISTS (SELECT FROM dateline_store.sentence s WHERE s.hash = n.hash
	AND s.outlet_id = n.outlet AND s.story_id = n.story
	AND s.opens IN (true, n.opens) OFFSET 0)
