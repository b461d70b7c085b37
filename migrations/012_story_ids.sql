-- A batch reads where story ids stand and says at its end which it drew.
DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_ingest') THEN
		GRANT SELECT, UPDATE ON SEQUENCE dateline_store.story_id
			TO dateline_ingest;
	END IF;
END $$;
