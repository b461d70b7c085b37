-- Of redirected pages: whose the validators are, and where they lead for good.
ALTER TABLE dateline_store.page
	ADD COLUMN validated_url text,	-- gave etag, last_modified; null: url
	ADD COLUMN moved_to text,	-- by permanent redirects alone
	ADD COLUMN moved_n integer NOT NULL DEFAULT 0,	-- visits in a row
	ADD COLUMN moved_at timestamptz;	-- of the last of them
