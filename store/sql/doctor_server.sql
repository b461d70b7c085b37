-- One row of what is to be known of the server and our place on it.
SELECT current_setting('server_version'), current_setting('server_version_num')::int,
	pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on',
	(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
	current_setting('max_connections')::int,
	current_setting('max_locks_per_transaction')::int
		* current_setting('max_connections')::int,
	pg_database_size(current_database()),
	current_user,
	has_table_privilege('dateline_store.judged', 'INSERT')
		AND has_table_privilege('dateline_store.page', 'UPDATE'),
	has_table_privilege('dateline.stories', 'SELECT'),
	(SELECT string_agg(x.name, ', ') FROM (VALUES ('dateline_owner'),
		('dateline_ingest'), ('dateline_reader')) AS x (name)
		WHERE NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = x.name)),
	CASE WHEN pg_has_role('pg_read_all_settings', 'MEMBER')
		THEN current_setting('data_directory') END
