-- How long a host's robots.txt may be kept, as its Cache-Control said.
ALTER TABLE dateline_store.host
	ADD COLUMN robots_keep_s integer;	-- null: a day
