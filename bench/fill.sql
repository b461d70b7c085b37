-- Plausible rows through the real schema: what the database holds, told again
-- :copies times, each copy :days days earlier than the one before. Names, keys
-- and hashes of a copy are its own, but for what recurs on a wire: one shingle
-- in eight, and sentences that pages carry in twenty stories or more.
-- psql -v copies=N -v days=D -f fill.sql
SET synchronous_commit = off;
SET maintenance_work_mem = '512MB';
SET search_path = dateline_store;
CREATE FUNCTION pg_temp.other(u uuid, k bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$ SELECT md5(u::text || k)::uuid $$;
CREATE FUNCTION pg_temp.h(h bigint, k bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT hashint8extended(h, k) $$;
CREATE TEMP TABLE copy AS SELECT k::bigint AS k,
	k * :days * interval '1 day' AS ago,
	(SELECT max(story_id) FROM story) * k AS up
	FROM generate_series(1, :copies) k;
CREATE TEMP TABLE usual AS SELECT hash FROM sentence GROUP BY 1
	HAVING count(DISTINCT story_id) >= 20;
SELECT make_partition('sketch', m) FROM (SELECT DISTINCT
	date_trunc('month', s.effective_at - c.ago) AS m
	FROM version s, copy c) x;

-- Rows go in without indexes, which are built anew behind them: a million
-- versions in minutes instead of hours. Indexes of partitions go and come with
-- those of their table.
CREATE TEMP TABLE built AS
SELECT c.conname AS name, format('ALTER TABLE %s DROP CONSTRAINT %I',
		c.conrelid::regclass, c.conname) AS gone,
	format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass,
		c.conname, pg_get_constraintdef(c.oid)) AS back
	FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
	WHERE c.contype IN ('p', 'u') AND NOT t.relispartition
	AND t.relnamespace = 'dateline_store'::regnamespace
UNION ALL
SELECT i.relname, format('DROP INDEX %I', i.relname), pg_get_indexdef(i.oid)
	FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
	WHERE i.relnamespace = 'dateline_store'::regnamespace
	AND NOT i.relispartition AND NOT EXISTS (SELECT FROM pg_constraint c
		WHERE c.conindid = i.oid);
SELECT gone FROM built ORDER BY name \gexec

INSERT INTO story SELECT story_id + up, status, NULL, outlet_id, next_version,
	head_of + up, head_version, first_seen_at - ago, first_url || '?' || k,
	last_seen_at - ago, visited_at - ago FROM copy, story;
INSERT INTO version SELECT story_id + up, version,
	pg_temp.other(text_hash, k), pg_temp.other(url_key, k), outlet_id, byline,
	credit, place, language, created_at - ago, updated_at - ago,
	effective_at - ago, first_seen_at - ago, last_seen_at - ago, words,
	previous_version, change_kind, words_added, words_removed, stealth, note
	FROM copy, version;
INSERT INTO text SELECT story_id + up, pg_temp.other(text_hash, k),
	version_of + up, version, title, summary, body, revision FROM copy, text;
INSERT INTO posting SELECT story_id + up, pg_temp.other(url_key, k), host_key,
	url || '?' || k, outlet_id, external_id, status, flips, match_score,
	match_reason FROM copy, posting;
INSERT INTO membership SELECT story_id + up, pg_temp.other(url_key, k),
	from_at - ago, to_at - ago, by_whom, why FROM copy, membership;
INSERT INTO sighting SELECT story_id + up, pg_temp.other(url_key, k),
	first_seen_at - ago, last_seen_at - ago, pg_temp.other(text_hash, k),
	version_of + up, version, coverage, flips, stealth, pending,
	changed_at - ago, rule, byline, credit, place, note, updated_at - ago,
	updated_raw, zone_known FROM copy, sighting;
INSERT INTO page (host_key, url_key, url, outlet_id, external_id, enrolled_at,
	last_fetch_at, last_outcome, visits, story_id)
	SELECT host_key, pg_temp.other(url_key, k), url || '?' || k, outlet_id,
	external_id, enrolled_at, last_fetch_at - ago, last_outcome, visits,
	story_id + up FROM copy, page;
INSERT INTO judged SELECT host_key, pg_temp.other(capture_id, k), body_hash
	FROM copy, judged;
INSERT INTO sentence SELECT CASE WHEN u.hash IS NULL THEN
	pg_temp.h(s.hash, k) ELSE s.hash END, outlet_id, story_id + up
	FROM copy, sentence s LEFT JOIN usual u USING (hash);
INSERT INTO sketch SELECT CASE WHEN hash & 7 = 0 THEN hash ELSE
	pg_temp.h(hash, k) END, effective_at - ago, story_id + up, version
	FROM copy, sketch;
SELECT setval('story_id', (SELECT max(story_id) FROM story));
SELECT back FROM built ORDER BY name \gexec
VACUUM ANALYZE;
SELECT count(*) AS versions FROM version;
