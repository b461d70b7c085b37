-- PostgreSQL's parser takes a run of letters without blanks as one word, so that
-- nothing was found in Chinese, Japanese, Thai and their like but whole runs.
-- There a letter with its marks is a word (story/text.c): such letters are parted
-- by U+001F, which no page shows, in what is indexed and in what is asked for.
-- ASCII, which is most of all texts, is not looked through. Letters that stand
-- side by side in the query must do so in the text: positions end at 16,383, and
-- a word has 256 of them, so that of a very long text the beginning is searched.
-- The classes are those of core/utf8.c: cp_is_unspaced with cp_is_word (L, Nl),
-- and cp_is_mark (M) of Unicode 14 in the same ranges.
CREATE FUNCTION dateline_store.parted(t text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN octet_length(t) = length(t) THEN t
	ELSE regexp_replace(t, '([\u0E01-\u0E30\u0E32\u0E33\u0E40-\u0E46'
		'\u0E81-\u0EB0\u0EB2\u0EB3\u0EBD-\u0EC6\u0EDC-\u0EDF'
		'\u1000-\u102A\u103F\u1050-\u1055\u105A-\u105D\u1061\u1065'
		'\u1066\u106E-\u1070\u1075-\u1081\u108E\u1780-\u17B3\u17D7'
		'\u17DC\u3005-\u3007\u3041-\u3096\u309D-\u309F\u30A1-\u30FA'
		'\u30FC-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAD9'
		'\U00020000-\U0003FFFF]'
		'[\u0E31\u0E34-\u0E3A\u0E47-\u0E4E\u0EB1\u0EB4-\u0EBC'
		'\u0EC8-\u0ECD\u102B-\u103E\u1056-\u1059\u105E-\u1060'
		'\u1062-\u1064\u1067-\u106D\u1071-\u1074\u1082-\u108D\u108F'
		'\u109A-\u109D\u17B4-\u17D3\u17DD\u3099\u309A]*)',
		chr(31) || '\1' || chr(31), 'g') END
$$;

-- Not in SQL: readers' plans look at the index, whose function would be put in
-- its place as theirs, and they have no right to dateline_store.
CREATE OR REPLACE FUNCTION dateline_store.words_of(title text, body text)
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
	IF octet_length(title) = length(title)
		AND octet_length(body) = length(body) THEN
		RETURN to_tsvector('pg_catalog.simple',
			left(title || ' ' || body, 200000));
	END IF;
	RETURN to_tsvector('pg_catalog.simple', dateline_store.parted(
		left(title || ' ' || body, 200000)));
END $$;
REINDEX INDEX dateline_store.text_words;

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
	JOIN dateline_store.text t
		ON t.opens AND dateline_store.words_of(t.title, t.body) @@ q
	JOIN dateline_store.version v ON v.story_id = t.story_id
		AND v.text_hash = t.text_hash
	JOIN dateline_store.version_now n ON n.home = v.story_id
		AND n.home_version = v.version
	ORDER BY n.story_id, n.version DESC
) x, dateline_store.parted(x.body) p(body)
ORDER BY x.rank DESC, x.story_id
$$;
