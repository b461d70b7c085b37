-- Full text of what opened a version, which is all that search tells; a copy's
-- text repeats it. Words wait in the pending list, which searches read too, so
-- that they are taken into the index many at a time. ANALYZE would compute the
-- words of its whole sample anew, for statistics that no plan needs.
ALTER TABLE dateline_store.text
	ADD COLUMN opens boolean NOT NULL DEFAULT true;	-- ... a version, at any time
DROP INDEX dateline_store.text_words;
CREATE INDEX text_words ON dateline_store.text
	USING gin (dateline_store.words_of(title, body))
	WITH (gin_pending_list_limit = 16384) WHERE opens;
ALTER INDEX dateline_store.text_words ALTER COLUMN 1 SET STATISTICS 0;

CREATE OR REPLACE FUNCTION dateline.search(query text)
RETURNS TABLE (story_id bigint, version integer, headline text, rank real,
	snippet text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
SELECT x.story_id, x.version, x.headline, x.rank,
	ts_headline('pg_catalog.simple', x.body, x.q,
		'MaxFragments=1, MaxWords=30, MinWords=12')
FROM (
	SELECT DISTINCT ON (n.story_id) n.story_id, n.version,
		t.title AS headline, t.body, q,
		ts_rank(dateline_store.words_of(t.title, t.body), q) AS rank
	FROM websearch_to_tsquery('pg_catalog.simple', query) q
	JOIN dateline_store.text t
		ON t.opens AND dateline_store.words_of(t.title, t.body) @@ q
	JOIN dateline_store.version v ON v.story_id = t.story_id
		AND v.text_hash = t.text_hash
	JOIN dateline_store.version_now n ON n.home = v.story_id
		AND n.home_version = v.version
	ORDER BY n.story_id, n.version DESC
) x
ORDER BY x.rank DESC, x.story_id
$$;
