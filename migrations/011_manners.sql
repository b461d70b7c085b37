-- What hosts ask and get: rights, gaps between requests, budgets.

-- What a page's owner said of its use, with the capture that it came with; no
-- row where nothing was said.
CREATE TABLE dateline_store.rights (
	host_key bigint NOT NULL,
	capture_id uuid NOT NULL,
	url_key uuid NOT NULL,
	fetched_at timestamptz NOT NULL,
	said_by text[] NOT NULL,	-- of header, meta, site (tdmrep.json)
	noindex boolean NOT NULL,
	noarchive boolean NOT NULL,
	nosnippet boolean NOT NULL,
	max_snippet integer,		-- characters; -1: no limit
	unavailable_after text,		-- as written
	noai boolean NOT NULL,
	noimageai boolean NOT NULL,
	tdm_reserved boolean,		-- tdm-reservation; null: not said
	tdm_policy text,
	obeyed text,			-- what we left undone: text, bytes
	PRIMARY KEY (host_key, capture_id)
);
CREATE INDEX rights_page ON dateline_store.rights (url_key, fetched_at);

-- 'policy': a site's tdmrep.json, read before its pages.
ALTER TABLE dateline_store.page
	DROP CONSTRAINT page_kind_check,
	ADD CONSTRAINT page_kind_check
		CHECK (kind IN ('page', 'feed', 'source', 'policy')),
	-- a source that is HTML: the site's front, a section's
	ADD COLUMN front boolean NOT NULL DEFAULT false;

ALTER TABLE dateline_store.host
	ADD COLUMN tdm text,		-- its tdmrep.json
	ADD COLUMN tdm_at timestamptz,	-- when it was read
	ADD COLUMN throttled bigint NOT NULL DEFAULT 0,	-- 429 and 503
	ADD COLUMN gap_least_ms bigint,	-- between two requests, as measured
	ADD COLUMN gaps bigint[] NOT NULL DEFAULT '{}',	-- how many: by eighths
					-- of an octave of milliseconds
	ADD COLUMN broken_since timestamptz,	-- most of its pages are missing
						-- at once: none is withdrawn
	ADD COLUMN broken_why text;

-- How many pages of a host look alike (digits and ids generalised): what is
-- over its budget is not enrolled. The pattern '' stands for the whole host.
CREATE TABLE dateline_store.pattern (
	host_key bigint NOT NULL,
	pattern text NOT NULL,
	since timestamptz NOT NULL,		-- of the day that is counted
	pages bigint NOT NULL DEFAULT 0,	-- enrolled in it
	refused bigint NOT NULL DEFAULT 0,	-- over the budget, in all
	last_refused_at timestamptz,
	last_refused_url text,
	last_refused_why text,
	PRIMARY KEY (host_key, pattern)
);

CREATE VIEW dateline.rights AS
SELECT replace(r.capture_id::text, '-', '') AS capture_id, p.url,
	r.fetched_at, r.said_by, r.noindex, r.noarchive, r.nosnippet,
	r.max_snippet, r.unavailable_after, r.noai, r.noimageai,
	r.tdm_reserved, r.tdm_policy, r.obeyed
FROM dateline_store.rights r
JOIN dateline_store.page p
	ON p.host_key = r.host_key AND p.url_key = r.url_key;

DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_reader') THEN
		GRANT SELECT ON dateline.rights TO dateline_reader;
	END IF;
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_ingest') THEN
		GRANT SELECT ON dateline.rights TO dateline_ingest;
		GRANT SELECT, INSERT, UPDATE, DELETE ON dateline_store.rights,
			dateline_store.pattern TO dateline_ingest;
	END IF;
END $$;
