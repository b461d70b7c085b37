-- What operators leave alone: nothing of a paused host or outlet is visited.
ALTER TABLE dateline_store.host
	ADD COLUMN paused boolean NOT NULL DEFAULT false;
CREATE INDEX host_paused ON dateline_store.host (host_key) WHERE paused;

-- A source that gave entries and gives none has failed.
ALTER TABLE dateline_store.page
	ADD COLUMN fed_at timestamptz,	-- when it last was a feed with entries
	ADD COLUMN unfed integer NOT NULL DEFAULT 0,	-- visits since, in a row
	ADD COLUMN unfit integer NOT NULL DEFAULT 0;	-- entries that nobody
							-- may fetch
UPDATE dateline_store.page SET fed_at = last_fetch_at
WHERE kind IN ('feed', 'source') AND NOT front
	AND last_outcome IN ('links', 'unchanged');

-- Places that were tried in vain (again after a year) passed for the operator's.
UPDATE dateline_store.page SET kind = 'feed'
WHERE kind = 'source' AND interval_s = 365 * 86400;
