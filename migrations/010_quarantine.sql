-- What is refused can be read again: its bytes, and what was known of them.

ALTER TABLE dateline_store.quarantine
	ADD COLUMN zstd bytea,			-- null: not kept
	ADD COLUMN bytes bigint,
	ADD COLUMN content_type text,
	ADD COLUMN url text,			-- of a visit; null: the input tells
	ADD COLUMN outlet_id bigint,
	ADD COLUMN fetched_at timestamptz,
	ADD COLUMN tries integer NOT NULL DEFAULT 1;
ALTER TABLE dateline_store.quarantine ALTER COLUMN zstd SET STORAGE EXTERNAL;
