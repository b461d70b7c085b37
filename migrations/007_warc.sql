-- Kept bytes lie in the database (zstd), in a WARC record, or in both.
ALTER TABLE dateline_store.body
	ALTER COLUMN zstd DROP NOT NULL,
	ADD COLUMN first_at timestamptz,	-- of the capture that brought them
	ADD COLUMN warc_file text,	-- the record that holds them ...
	ADD COLUMN warc_offset bigint,
	ADD COLUMN warc_id uuid,	-- ... and what a revisit says of it
	ADD COLUMN warc_url text,
	ADD COLUMN warc_digest text,
	ADD CONSTRAINT body_is_somewhere
		CHECK (zstd IS NOT NULL OR warc_file IS NOT NULL);
UPDATE dateline_store.body b SET first_at = c.at
FROM (SELECT host_key, body_hash, min(fetched_at) AS at
	FROM dateline_store.capture WHERE body_hash IS NOT NULL
	GROUP BY host_key, body_hash) c
WHERE c.host_key = b.host_key AND c.body_hash = b.body_hash;
CREATE INDEX body_first ON dateline_store.body (first_at);

-- What `forget` erased: the page is not visited again, and neither what it
-- shows nor a text of that hash, wherever it stands, is taken in again.
ALTER TABLE dateline_store.page ADD COLUMN forgotten_at timestamptz;
-- Reference table.
CREATE TABLE dateline_store.forgotten_text (
	text_hash uuid PRIMARY KEY,
	forgotten_at timestamptz NOT NULL
);
DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_ingest') THEN
		GRANT SELECT, INSERT ON dateline_store.forgotten_text
			TO dateline_ingest;
	END IF;
END $$;
