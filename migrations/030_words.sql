-- The words of a text take 1,048,575 bytes in an index, at most, and a text of
-- more was refused: one of 200,000 letters may have 100,000 different pairs of
-- letter and mark. Of such a text the beginning is searched, half as long until
-- it fits. Nothing is tried and caught: that would be a transaction within one,
-- which parallel plans may not begin before PostgreSQL 17. 200,000 bytes always
-- fit: a word takes its bytes and up to 5 beside them, and of the shortest that
-- are told with their parts ("a-b") there are 3 to 4 bytes.
CREATE OR REPLACE FUNCTION dateline_store.words_of(title text, body text)
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	t text := left(title || ' ' || body, 200000);
	words text := dateline_store.parted(t);
BEGIN
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
