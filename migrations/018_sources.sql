-- What operators leave alone: nothing of a paused host or outlet is visited.
ALTER TABLE dateline_store.host
	ADD COLUMN paused boolean NOT NULL DEFAULT false;
CREATE INDEX host_paused ON dateline_store.host (host_key) WHERE paused;
