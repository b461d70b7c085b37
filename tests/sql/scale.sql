-- 8,000 stories of three pages and two versions each, one in a hundred of them
-- merged into the one before it. Every view is read whole and by one story, one
-- URL and the latest fifty: without any statistics, with those of a database of
-- a hundred stories, and with those that a writer leaves behind. Limits are ten
-- times what it takes and far below what a plan takes that reads a table for
-- each row.
\set ON_ERROR_STOP 1
SET dateline.clock = '2026-03-12T00:00:00Z';
SET search_path = dateline_store;
SELECT format('ALTER TABLE %I SET (autovacuum_enabled = off)', relname)
FROM pg_class WHERE relnamespace = 'dateline_store'::regnamespace
	AND relkind = 'r' \gexec
SELECT make_partition('capture', '2026-03-10');
INSERT INTO outlet (outlet_id, name, added_at)
	SELECT o, 'Outlet ' || o, '2026-03-10' FROM generate_series(0, 7) o;

CREATE FUNCTION pg_temp.key(VARIADIC text[]) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$ SELECT md5(array_to_string($1, ' '))::uuid $$;
CREATE FUNCTION pg_temp.at(s bigint, minutes int) RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS $$
	SELECT '2026-03-10T00:00:00Z'::timestamptz + s * interval '5 seconds'
		+ minutes * interval '1 minute'
$$;
-- Stories low .. high: the first page opens both versions, the others carry
-- the first; the third is gone.
CREATE PROCEDURE pg_temp.fill(low bigint, high bigint) LANGUAGE plpgsql AS $$
BEGIN
INSERT INTO story (story_id, status, outlet_id, next_version, head_of,
	head_version, first_seen_at, first_url, last_seen_at, visited_at)
	SELECT s, 'live', s % 8, 3, s, 2, pg_temp.at(s, 0), 'http://o' || s % 8 ||
	'.test/' || s || '/0', pg_temp.at(s, 30), pg_temp.at(s, 30)
	FROM generate_series(low, high) s;
INSERT INTO version (story_id, version, text_hash, url_key, outlet_id,
	effective_at, first_seen_at, last_seen_at, words, previous_version,
	change_kind, words_added, words_removed, stealth)
	SELECT s, v, pg_temp.key(s::text, v::text), pg_temp.key(s::text, '0', 'page'),
	s % 8, pg_temp.at(s, 10 * v - 10), pg_temp.at(s, 10 * v - 10),
	pg_temp.at(s, 30), 60, nullif(v - 1, 0),
	CASE v WHEN 1 THEN 'created' ELSE 'corrected' END, 3, 2, false
	FROM generate_series(low, high) s, generate_series(1, 2) v;
INSERT INTO text SELECT s, pg_temp.key(s::text, v::text), s, v, 'Talks ' || s,
	NULL, 'Ministers from both coasts met over word' || s || ' on day ' || v, 1
	FROM generate_series(low, high) s, generate_series(1, 2) v;
INSERT INTO posting SELECT s, pg_temp.key(s::text, p::text, 'page'),
	(s + p) % 8, 'http://o' || (s + p) % 8 || '.test/' || s || '/' || p,
	(s + p) % 8, 'x' || s, CASE p WHEN 2 THEN 'gone' ELSE 'live' END, '{}', .9,
	'near' FROM generate_series(low, high) s, generate_series(0, 2) p;
INSERT INTO membership SELECT s, pg_temp.key(s::text, p::text, 'page'),
	pg_temp.at(s, 0), CASE p WHEN 2 THEN pg_temp.at(s, 31) END, 'verdict', NULL
	FROM generate_series(low, high) s, generate_series(0, 2) p;
INSERT INTO sighting (story_id, url_key, first_seen_at, last_seen_at, text_hash,
	version_of, version, coverage, rule)
	SELECT s, pg_temp.key(s::text, p::text, 'page'), pg_temp.at(s, 10 * v - 10),
	pg_temp.at(s, 10 * v + 10), pg_temp.key(s::text, v::text), s, v, 1, 'a'
	FROM generate_series(low, high) s, generate_series(0, 2) p,
	generate_series(1, 2) v WHERE p = 0 OR v = 1;
INSERT INTO version_return SELECT s, 1, pg_temp.at(s, 5),
	pg_temp.key(s::text, '0', 'page'), pg_temp.at(s, 5)
	FROM generate_series(low, high) s WHERE s % 10 = 0;
INSERT INTO page (host_key, url_key, url, outlet_id, enrolled_at, last_fetch_at,
	story_id) SELECT host_key, url_key, url, outlet_id, pg_temp.at(story_id, 0),
	pg_temp.at(story_id, 20), story_id FROM posting
	WHERE story_id BETWEEN low AND high;
INSERT INTO capture (host_key, capture_id, url_key, fetched_at, outcome)
	SELECT p.host_key, pg_temp.key(p.url, k::text), p.url_key,
	pg_temp.at(p.story_id, 10 * k), 'article'
	FROM posting p, generate_series(0, 1) k WHERE p.story_id BETWEEN low AND high;
INSERT INTO event SELECT 4 * s + k, (ARRAY['created', 'reposted', 'reposted',
	'corrected'])[k + 1], s, k / 3 + 1, 'http://o' || (s + k % 3) % 8 ||
	'.test/' || s || '/' || k % 3, 'Outlet ' || (s + k % 3) % 8,
	pg_temp.at(s, k), pg_temp.at(s, k + 1), pg_temp.at(s, k + 1), 'Talks',
	'{}' FROM generate_series(low, high) s, generate_series(0, 3) k;
-- merges: s into s - 1, all of whose versions follow the survivor's
UPDATE story SET status = 'merged', merged_into = story_id - 1
	WHERE story_id % 100 = 0 AND story_id BETWEEN low AND high;
INSERT INTO version_map SELECT story_id, version, 4 * story_id, story_id - 1,
	version + 2, story_id, version, true
	FROM version WHERE story_id % 100 = 0 AND story_id BETWEEN low AND high;
INSERT INTO sighting_map SELECT story_id, url_key, first_seen_at, 4 * story_id,
	story_id - 1, 1, .5 FROM sighting WHERE story_id % 100 = 0 AND version = 1
	AND story_id BETWEEN low AND high;
END $$;

-- Rows of each view, all columns read.
CREATE FUNCTION pg_temp.whole(view text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n bigint;
BEGIN
	EXECUTE format('SELECT count(x::text) FROM dateline.%I x', view) INTO n;
	RETURN n;
END $$;
-- The same lookup for every 97th story; answers how many rows came.
CREATE FUNCTION pg_temp.each(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n bigint; total bigint := 0;
BEGIN
	FOR s IN 1..7999 BY 97 LOOP
		EXECUTE format('SELECT count(x::text) FROM (%s) x', replace(
			replace(query, '$STORY', s::text), '$URL', quote_literal(
			'http://o' || s % 8 || '.test/' || s || '/0'))) INTO n;
		total := total + n;
	END LOOP;
	RETURN total;
END $$;
CREATE PROCEDURE pg_temp.expect(what text, got bigint, want bigint)
LANGUAGE plpgsql AS $$
BEGIN
	IF got IS DISTINCT FROM want THEN
		RAISE '%: % rows, not %', what, got, want;
	END IF;
END $$;

CALL pg_temp.fill(1, 100);
ANALYZE;
CALL pg_temp.fill(101, 8000);

CREATE PROCEDURE pg_temp.read_all(what text) LANGUAGE plpgsql AS $$
BEGIN
CALL pg_temp.expect(what || ' stories', pg_temp.whole('stories'), 8000);
CALL pg_temp.expect(what || ' versions', pg_temp.whole('versions'), 16000);
CALL pg_temp.expect(what || ' postings', pg_temp.whole('postings'), 24000);
CALL pg_temp.expect(what || ' sightings', pg_temp.whole('sightings'), 32000);
CALL pg_temp.expect(what || ' events', pg_temp.whole('events'), 32000);
CALL pg_temp.expect(what || ' pages', pg_temp.whole('pages'), 24000);
CALL pg_temp.expect(what || ' captures', pg_temp.whole('captures'), 48000);
CALL pg_temp.expect(what || ' outlets', pg_temp.whole('outlets'), 8);
CALL pg_temp.expect(what || ' v_stale', pg_temp.whole('v_stale'), 8);
PERFORM pg_temp.whole('v_events'), pg_temp.whole('v_captures'),
	pg_temp.whole('v_lag'), pg_temp.whole('quarantine');
END $$;

-- Some of the stories hold a merged one, or are merged.
CREATE PROCEDURE pg_temp.read_one(what text) LANGUAGE plpgsql AS $$
DECLARE
	n bigint; q record;
	merged bigint := (SELECT count(*) FROM generate_series(1, 7999, 97) s
		WHERE s % 100 = 99);
	gone bigint := (SELECT count(*) FROM generate_series(1, 7999, 97) s
		WHERE s % 100 = 0);
	n_all bigint := (SELECT count(*) FROM generate_series(1, 7999, 97));
BEGIN
FOR q IN SELECT * FROM (VALUES
	('stories', 'SELECT * FROM dateline.stories WHERE story_id = $STORY', n_all),
	('versions', 'SELECT * FROM dateline.versions WHERE story_id = $STORY',
		2 * (n_all + merged - gone)),
	('postings', 'SELECT * FROM dateline.postings WHERE story_id = $STORY',
		3 * (n_all + merged - gone)),
	('sightings', 'SELECT * FROM dateline.sightings WHERE story_id = $STORY',
		4 * (n_all + merged - gone)),
	('events', 'SELECT * FROM dateline.events WHERE story_id = $STORY', 4 * n_all),
	('events now', 'SELECT * FROM dateline.events WHERE story_id_now = $STORY',
		4 * (n_all + merged - gone)),
	('as_of', 'SELECT * FROM dateline.as_of($STORY, ''2026-03-12'')',
		2 * n_all + merged + gone),
	('postings by URL', 'SELECT * FROM dateline.postings WHERE url = $URL', n_all),
	('sightings by URL', 'SELECT * FROM dateline.sightings WHERE url = $URL',
		2 * n_all),
	('events by URL', 'SELECT * FROM dateline.events WHERE url = $URL', 2 * n_all),
	('pages by URL', 'SELECT * FROM dateline.pages WHERE url = $URL', n_all),
	('captures by URL', 'SELECT * FROM dateline.captures WHERE url = $URL',
		2 * n_all),
	('search', 'SELECT * FROM dateline.search(''word$STORY'')', n_all),
	('latest stories', 'SELECT * FROM dateline.stories ORDER BY last_seen_at
		DESC, story_id DESC LIMIT 50', 50 * n_all),
	('latest events', 'SELECT * FROM dateline.events ORDER BY event_id DESC
		LIMIT 50', 50 * n_all),
	('latest observed', 'SELECT * FROM dateline.events ORDER BY observed_at
		DESC, event_id DESC LIMIT 50', 50 * n_all),
	('latest captures', 'SELECT * FROM dateline.captures ORDER BY fetched_at
		DESC LIMIT 50', 50 * n_all)) x (name, query, want)
	-- How many pages have a URL is known from statistics alone.
	WHERE what <> 'no statistics:' OR name <> 'captures by URL' LOOP
	n := pg_temp.each(q.query);
	CALL pg_temp.expect(what || ' ' || q.name, n, q.want);
END LOOP;
END $$;

SET statement_timeout = '60s';
CALL pg_temp.read_all('young statistics:');
CALL pg_temp.read_one('young statistics:');
RESET statement_timeout;
DELETE FROM pg_statistic WHERE starelid IN
	(SELECT oid FROM pg_class WHERE relnamespace = 'dateline_store'::regnamespace);
UPDATE pg_class SET reltuples = -1, relpages = 0, relallvisible = 0
	WHERE relnamespace = 'dateline_store'::regnamespace
	AND relkind IN ('r', 'i');
SET statement_timeout = '60s';
CALL pg_temp.read_all('no statistics:');
CALL pg_temp.read_one('no statistics:');
DO $$ BEGIN
	ASSERT dateline_store.refresh_statistics() > 5;
END $$;
CALL pg_temp.read_all('statistics:');
CALL pg_temp.read_one('statistics:');
DO $$ BEGIN -- what has not grown is not read again
	ASSERT dateline_store.refresh_statistics() = 0;
END $$;
