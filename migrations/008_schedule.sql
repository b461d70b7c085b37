-- What pages' and outlets' pasts say of when to visit next
-- (crawler/schedule.h).

ALTER TABLE dateline_store.page
	ADD COLUMN born_at timestamptz,		-- published; null: as first seen
	ADD COLUMN looked_at timestamptz,	-- last visit that told
	ADD COLUMN changed_after timestamptz,	-- changed_at is not before this
	ADD COLUMN expected double precision NOT NULL DEFAULT 0,
	ADD COLUMN revised double precision NOT NULL DEFAULT 0,
	ADD COLUMN next_reason text,
	ADD COLUMN listed_at timestamptz,	-- the latest time a feed gave it
	-- visits that a feed's time asked for and that found nothing, in a row
	ADD COLUMN listed_idle integer NOT NULL DEFAULT 0;

-- Reference table. What an outlet's pages taught, and how its requests go.
CREATE TABLE dateline_store.habit (
	outlet_id bigint PRIMARY KEY,
	sums double precision[] NOT NULL,
	threshold double precision NOT NULL,	-- 0: as built in
	requests bigint NOT NULL,		-- since:
	since timestamptz NOT NULL
);

DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_ingest') THEN
		GRANT SELECT, INSERT, UPDATE, DELETE ON dateline_store.habit
			TO dateline_ingest;
	END IF;
END $$;
