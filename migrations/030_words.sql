-- The words of a text take 1,048,575 bytes in an index, at most, and a text of
-- more was refused: one of 200,000 letters may have 100,000 different pairs of
-- letter and mark. Of such a text the beginning is searched, half as long until
-- it fits. Nothing is tried and caught: that would be a transaction within one,
-- which parallel plans may not begin before PostgreSQL 17. 200,000 bytes always
-- fit: a word takes its bytes and up to 5 beside them, and of the shortest that
-- are told with their parts ("a-b") there are 3 to 4 bytes. What it costs the planner
-- should know: with 100, as functions have that do not say, it read the table
-- instead of the index where statistics were lacking.
CREATE OR REPLACE FUNCTION dateline_store.words_of(title text, body text)
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2000 AS $$
DECLARE
	t text := left(title || ' ' || body, 200000);
	words text;
BEGIN
	IF octet_length(title) = length(title)
		AND octet_length(body) = length(body) THEN
		RETURN to_tsvector('pg_catalog.simple', t);
	END IF;
	words := dateline_store.parted(t);
	WHILE octet_length(words) > 200000 AND (
		-- of each word its bytes, one to even them, the number of its
		-- places and these, of which 256 are kept
		SELECT sum(octet_length(w.word) + 3 + 2 * least(w.n, 256))
		FROM (SELECT lower(p.token) AS word, count(*) AS n
			FROM ts_parse('default', words) p
			WHERE p.tokid NOT IN (12, 13, 14, 21) -- blanks, marks
			GROUP BY lower(p.token)) w) > 1048575
	LOOP
		t := left(t, length(t) / 2);
		words := dateline_store.parted(t);
	END LOOP;
	RETURN to_tsvector('pg_catalog.simple', words);
END $$;

-- What 024 took away; elsewhere no words of a text that was indexed are others.
DO $$ BEGIN
	IF pg_get_expr(indpred, indrelid) ~* 'false' FROM pg_index
		WHERE indexrelid = 'dateline_store.text_words'::regclass THEN
		DROP INDEX dateline_store.text_words;
		CREATE INDEX text_words ON dateline_store.text
			USING gin (dateline_store.words_of(title, body))
			WITH (gin_pending_list_limit = 16384) WHERE opens;
		ALTER INDEX dateline_store.text_words
			ALTER COLUMN 1 SET STATISTICS 0;
	END IF;
END $$;

-- Texts are found by the index before anything is joined: with statistics of a
-- young database all of them were read, and their words worked out.
CREATE OR REPLACE FUNCTION dateline.search(query text)
RETURNS TABLE (story_id bigint, version integer, headline text, rank real,
	snippet text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
SELECT x.story_id, x.version, x.headline, x.rank,
	replace(replace(ts_headline('pg_catalog.simple', p.body, x.q,
		'MaxFragments=1, MaxWords=30, MinWords=12'
		-- what is no longer is dropped from a snippet's ends
		|| CASE WHEN p.body <> x.body THEN ', ShortWord=0' ELSE '' END),
		chr(31), ''), '</b><b>', '')
FROM (
	SELECT DISTINCT ON (n.story_id) n.story_id, n.version,
		t.title AS headline, t.body, q,
		ts_rank(dateline_store.words_of(t.title, t.body), q) AS rank
	FROM websearch_to_tsquery('pg_catalog.simple',
		dateline_store.parted(query)) q
	CROSS JOIN LATERAL (SELECT * FROM dateline_store.text t
		WHERE t.opens AND dateline_store.words_of(t.title, t.body) @@ q
		OFFSET 0) t
	JOIN dateline_store.version v ON v.story_id = t.story_id
		AND v.text_hash = t.text_hash
	JOIN dateline_store.version_now n ON n.home = v.story_id
		AND n.home_version = v.version
	ORDER BY n.story_id, n.version DESC
) x, dateline_store.parted(x.body) p(body)
ORDER BY x.rank DESC, x.story_id
$$;
