-- What a host is owed between two requests (model/owed.h), for who asks it next.
ALTER TABLE dateline_store.host
	ADD COLUMN asked_at timestamptz,	-- last
	ADD COLUMN next_ask_at timestamptz,	-- not before
	ADD COLUMN rest_failures integer NOT NULL DEFAULT 0,	-- in a row: it
						-- rests until next_ask_at
	ADD COLUMN rest_code text,
	ADD COLUMN rest_why text;
