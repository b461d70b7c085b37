-- Statistics of what has more than doubled since ANALYZE last saw it, so that
-- plans on a database just filled do not wait for autovacuum. Answers how many
-- tables were read; one process at a time, another's turn is none.
CREATE FUNCTION dateline_store.refresh_statistics() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	t regclass;
	n integer := 0;
BEGIN
	-- the number has no meaning
	IF NOT pg_try_advisory_xact_lock(49060313) THEN
		RETURN 0;
	END IF;
	FOR t IN SELECT c.oid FROM pg_class c
		WHERE c.relnamespace = 'dateline_store'::regnamespace
		AND c.relkind = 'r' AND pg_relation_size(c.oid) >
		2 * greatest(c.relpages, 4)
			* current_setting('block_size')::bigint
		ORDER BY c.relname LOOP
		EXECUTE format('ANALYZE %s', t);
		n := n + 1;
	END LOOP;
	RETURN n;
END $$;

REVOKE ALL ON FUNCTION dateline_store.refresh_statistics() FROM PUBLIC;
DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_ingest') THEN
		GRANT EXECUTE ON FUNCTION dateline_store.refresh_statistics()
			TO dateline_ingest;
	END IF;
END $$;
