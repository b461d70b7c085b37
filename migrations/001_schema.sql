-- The tables of Dateline. Rules of design.md, "Scale", hold for all of them:
-- each primary or unique key holds its distribution column (host_key,
-- story_id, hash), which is never updated; no triggers; times are parameters.


CREATE SCHEMA IF NOT EXISTS dateline_store;
CREATE SCHEMA IF NOT EXISTS dateline;

-- One row: who this database is.
CREATE TABLE dateline_store.instance (
	only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	-- born under DATELINE_CLOCK: its time is a test's
	scripted boolean NOT NULL DEFAULT false
);
INSERT INTO dateline_store.instance DEFAULT VALUES;

-- The time that SQL goes by: the session's setting dateline.clock, else now().
CREATE FUNCTION dateline_store.clock() RETURNS timestamptz
LANGUAGE sql STABLE AS $$
	SELECT coalesce(nullif(current_setting('dateline.clock', true), '')
		::timestamptz, now())
$$;

-- Reference table. A publication that carries stories.
CREATE TABLE dateline_store.outlet (
	outlet_id bigint PRIMARY KEY,
	name text NOT NULL UNIQUE,
	host text,			-- of its address, if it has one
	zone text,			-- IANA name; null: unknown
	credit text,			-- its usual agency
	every_s integer,		-- fixed interval of its pages; null: by age
	delay_ms integer,		-- between two requests; null: the default
	paused boolean NOT NULL DEFAULT false,
	operator boolean NOT NULL DEFAULT false,	-- added by `source add`
	added_at timestamptz NOT NULL
);

-- One row a host that we fetch from.
CREATE TABLE dateline_store.host (
	host_key bigint PRIMARY KEY,	-- XXH3-64 of authority
	authority text NOT NULL,	-- "example.com", "wire-a.test:8080"
	outlet_id bigint,
	operator boolean NOT NULL DEFAULT false,
	fence bigint NOT NULL DEFAULT 0,	-- rises with each holder
	robots text,
	robots_status integer,
	robots_at timestamptz,
	requests bigint NOT NULL DEFAULT 0,
	not_modified bigint NOT NULL DEFAULT 0,
	refusals bigint NOT NULL DEFAULT 0
);

-- A URL that we visit, or that was ingested.
CREATE TABLE dateline_store.page (
	host_key bigint NOT NULL,
	url_key uuid NOT NULL,		-- XXH3-128 of the key of the URL
	url text NOT NULL,
	outlet_id bigint NOT NULL,
	external_id text,
	kind text NOT NULL DEFAULT 'page'
		CHECK (kind IN ('page', 'feed', 'source')),
	enrolled_at timestamptz NOT NULL,
	paused boolean NOT NULL DEFAULT false,
	next_fetch_at timestamptz,	-- null: never by itself
	last_fetch_at timestamptz,
	last_outcome text,
	last_code text,
	interval_s integer,
	failures integer NOT NULL DEFAULT 0,	-- in a row
	changes integer NOT NULL DEFAULT 0,
	visits integer NOT NULL DEFAULT 0,
	changed_at timestamptz,
	etag text,
	last_modified text,
	canonical_key uuid,
	-- what judging remembers of it (timeline.md, rules 0 to 3)
	story_id bigint,		-- the story that it carries or carried last
	bound_story_id bigint,		-- decided by hand
	shown_updated_at timestamptz,	-- updated_at at the last fetch
	held_hash uuid,			-- rule 2: a cut that waits
	held_at timestamptz,
	missed_at timestamptz,		-- rule 0: the first miss
	missed_how text,
	body_hash uuid,			-- the last stored bytes that gave a text
	body_revision integer,
	PRIMARY KEY (host_key, url_key)
);
CREATE INDEX page_due ON dateline_store.page (next_fetch_at, host_key)
	WHERE next_fetch_at IS NOT NULL AND NOT paused;
CREATE INDEX page_url_key ON dateline_store.page (url_key);
CREATE INDEX page_story ON dateline_store.page (story_id);
CREATE INDEX page_canonical ON dateline_store.page (canonical_key)
	WHERE canonical_key IS NOT NULL;

-- What one fetch brought back.
CREATE TABLE dateline_store.capture (
	host_key bigint NOT NULL,
	capture_id uuid NOT NULL,
	url_key uuid NOT NULL,
	fetched_at timestamptz NOT NULL,
	outcome text NOT NULL,
	http_status integer,
	code text,
	bytes bigint,
	duration_ms integer,
	body_hash uuid,
	text_hash uuid,
	extractor integer,
	final_url text,
	warc_file text,
	warc_offset bigint,
	PRIMARY KEY (host_key, capture_id, fetched_at)
) PARTITION BY RANGE (fetched_at);
CREATE INDEX capture_page ON dateline_store.capture (url_key, fetched_at);

-- Which captures were judged; inserted first in the judging transaction.
CREATE TABLE dateline_store.judged (
	host_key bigint NOT NULL,
	capture_id uuid NOT NULL,
	body_hash uuid,
	PRIMARY KEY (host_key, capture_id)
);

-- Kept bytes (zstd), until WARC takes over.
CREATE TABLE dateline_store.body (
	host_key bigint NOT NULL,
	body_hash uuid NOT NULL,
	zstd bytea NOT NULL,
	bytes bigint NOT NULL,
	content_type text,
	PRIMARY KEY (host_key, body_hash)
);
ALTER TABLE dateline_store.body ALTER COLUMN zstd SET STORAGE EXTERNAL;

CREATE TABLE dateline_store.story (
	story_id bigint PRIMARY KEY,
	status text NOT NULL CHECK (status IN ('live', 'withdrawn', 'merged')),
	merged_into bigint,		-- today's survivor, never a merged one
	outlet_id bigint NOT NULL,	-- its first outlet
	next_version integer NOT NULL,
	head_of bigint,			-- the head's own (story, version)
	head_version integer,
	first_seen_at timestamptz NOT NULL,
	first_url text NOT NULL,
	last_seen_at timestamptz NOT NULL,
	visited_at timestamptz NOT NULL	-- last capture of any of its pages
);
CREATE INDEX story_merged ON dateline_store.story (merged_into)
	WHERE merged_into IS NOT NULL;
CREATE INDEX story_recent ON dateline_store.story (last_seen_at);

-- A version lives where it was opened, for ever; where it shows after a merge
-- is in version_map.
CREATE TABLE dateline_store.version (
	story_id bigint NOT NULL,
	version integer NOT NULL,
	text_hash uuid NOT NULL,	-- the text that opened it
	url_key uuid NOT NULL,		-- the page that opened it
	outlet_id bigint NOT NULL,
	byline text[] NOT NULL DEFAULT '{}',
	credit text,
	place text,
	language text,
	created_at timestamptz,
	updated_at timestamptz,
	effective_at timestamptz NOT NULL,
	first_seen_at timestamptz NOT NULL,
	last_seen_at timestamptz NOT NULL,
	words integer NOT NULL,
	previous_version integer,
	change_kind text NOT NULL CHECK (change_kind IN
		('created', 'corrected', 'retitled', 'updated')),
	words_added integer NOT NULL,
	words_removed integer NOT NULL,
	stealth boolean NOT NULL,
	note text,
	origin_story_id bigint,		-- taken along by a split by hand
	origin_version integer,
	PRIMARY KEY (story_id, version)
);

-- Lead times: a page that opened a version of the story went back to this one.
CREATE TABLE dateline_store.version_return (
	story_id bigint NOT NULL,
	version integer NOT NULL,
	seen_at timestamptz NOT NULL,
	url_key uuid NOT NULL,
	lead_at timestamptz NOT NULL,
	PRIMARY KEY (story_id, version, seen_at, url_key)
);

-- Texts known in a story, and the version that each carried.
CREATE TABLE dateline_store.text (
	story_id bigint NOT NULL,
	text_hash uuid NOT NULL,
	version_of bigint NOT NULL,	-- the version's own story ...
	version integer NOT NULL,	-- ... and number
	title text NOT NULL,
	summary text,
	body text NOT NULL,
	revision integer NOT NULL,
	PRIMARY KEY (story_id, text_hash)
);

CREATE TABLE dateline_store.posting (
	story_id bigint NOT NULL,
	url_key uuid NOT NULL,
	host_key bigint NOT NULL,
	url text NOT NULL,
	outlet_id bigint NOT NULL,
	external_id text,
	status text NOT NULL CHECK (status IN ('live', 'gone', 'moved', 'left')),
	flips timestamptz[] NOT NULL DEFAULT '{}',
	match_score real,
	match_reason text,
	PRIMARY KEY (story_id, url_key)
);
CREATE INDEX posting_page ON dateline_store.posting (url_key);

-- From when to when a posting was live (page in story, by whom, why).
CREATE TABLE dateline_store.membership (
	story_id bigint NOT NULL,
	url_key uuid NOT NULL,
	from_at timestamptz NOT NULL,
	to_at timestamptz,		-- null: still
	by_whom text NOT NULL,		-- 'verdict' or 'hand'
	why text,
	PRIMARY KEY (story_id, url_key, from_at)
);

CREATE TABLE dateline_store.sighting (
	story_id bigint NOT NULL,
	url_key uuid NOT NULL,
	first_seen_at timestamptz NOT NULL,
	last_seen_at timestamptz NOT NULL,
	text_hash uuid NOT NULL,
	version_of bigint NOT NULL,
	version integer NOT NULL,
	coverage real NOT NULL,
	flips integer NOT NULL DEFAULT 0,
	stealth boolean NOT NULL DEFAULT false,
	pending boolean NOT NULL DEFAULT false,	-- live page between versions
	changed_at timestamptz,			-- of a live page's last text
	rule text NOT NULL,			-- of timeline.md, that placed it
	byline text[] NOT NULL DEFAULT '{}',
	credit text,
	place text,
	note text,
	updated_at timestamptz,
	updated_raw text,
	zone_known boolean,
	PRIMARY KEY (story_id, url_key, first_seen_at)
);

-- Merges. merge_id is the event's id; undone_by the event that took it back.
CREATE TABLE dateline_store.merge (
	story_id bigint NOT NULL,	-- the one that was taken in
	merge_id bigint NOT NULL,
	into_id bigint NOT NULL,
	undone_by bigint,
	status text NOT NULL,		-- that it had before
	by_whom text NOT NULL,
	PRIMARY KEY (story_id, merge_id)
);
-- Which number a version has in the survivor; the highest merge_id counts.
CREATE TABLE dateline_store.version_map (
	story_id bigint NOT NULL,	-- the version's own story and number
	version integer NOT NULL,
	merge_id bigint NOT NULL,
	into_id bigint NOT NULL,
	into_version integer NOT NULL,
	from_id bigint NOT NULL,	-- what it was just before this merge
	from_version integer NOT NULL,
	current boolean NOT NULL,	-- today's row for this version
	PRIMARY KEY (story_id, version, merge_id)
);
CREATE UNIQUE INDEX version_map_current ON dateline_store.version_map
	(story_id, version) WHERE current;
-- Sightings whose text was known on both sides: the survivor's version.
CREATE TABLE dateline_store.sighting_map (
	story_id bigint NOT NULL,
	url_key uuid NOT NULL,
	first_seen_at timestamptz NOT NULL,
	merge_id bigint NOT NULL,
	version_of bigint NOT NULL,
	version integer NOT NULL,
	coverage real NOT NULL,
	PRIMARY KEY (story_id, url_key, first_seen_at, merge_id)
);

-- Local table; ids drawn under the judging lock, so their order is commit's.
CREATE TABLE dateline_store.event (
	event_id bigint PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('created', 'reposted', 'restored',
		'reverted', 'caught_up', 'corrected', 'retitled', 'updated',
		'withdrawn', 'merged', 'split', 'redacted')),
	story_id bigint NOT NULL,
	version integer,
	url text,
	outlet text,
	occurred_at timestamptz,
	observed_at timestamptz NOT NULL,
	recorded_at timestamptz NOT NULL,
	headline text,
	detail jsonb NOT NULL
);
CREATE INDEX event_story ON dateline_store.event (story_id, observed_at, event_id);

-- Candidates: sketches by time, sentences for good.
CREATE TABLE dateline_store.sketch (
	hash bigint NOT NULL,
	effective_at timestamptz NOT NULL,
	story_id bigint NOT NULL,
	version integer NOT NULL,
	PRIMARY KEY (hash, effective_at, story_id, version)
) PARTITION BY RANGE (effective_at);
CREATE TABLE dateline_store.sentence (
	hash bigint NOT NULL,
	outlet_id bigint NOT NULL,
	story_id bigint NOT NULL,
	PRIMARY KEY (hash, outlet_id, story_id)
);

CREATE TABLE dateline_store.quarantine (
	quarantine_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	input text NOT NULL,
	stage text NOT NULL,
	code text NOT NULL,
	message text NOT NULL,
	at timestamptz NOT NULL,
	body_hash uuid NOT NULL,
	UNIQUE (input, stage, code, body_hash)
);

CREATE SEQUENCE dateline_store.outlet_id;
CREATE SEQUENCE dateline_store.story_id CACHE 1;
CREATE SEQUENCE dateline_store.event_id CACHE 1;

-- Monthly partitions, made by the writer as it needs them (1970 .. now + 1 d).
CREATE FUNCTION dateline_store.make_partition(parent text, at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
	month timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
	part text := parent || to_char(month, '_YYYYMM');
BEGIN
	IF parent NOT IN ('capture', 'sketch') THEN
		RAISE 'no partitioned table %', parent;
	END IF;
	IF to_regclass('dateline_store.' || part) IS NOT NULL THEN
		RETURN;
	END IF;
	EXECUTE format('CREATE TABLE dateline_store.%I PARTITION OF '
		'dateline_store.%I FOR VALUES FROM (%L) TO (%L)', part, parent,
		month AT TIME ZONE 'UTC',
		(month + interval '1 month') AT TIME ZONE 'UTC');
END $$;
