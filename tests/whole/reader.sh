# dateline_reader reads every view of the contract and no table.
set -eu
"$DATELINE" --log-level warn --db "$DB" migrate > /dev/null
psql -qXd "$DB" -v ON_ERROR_STOP=1 <<'SQL'
SET ROLE dateline_reader;
SELECT count(*) FROM dateline.stories;
SELECT count(*) FROM dateline.versions;
SELECT count(*) FROM dateline.postings;
SELECT count(*) FROM dateline.sightings;
SELECT count(*) FROM dateline.events;
SELECT count(*) FROM dateline.pages;
SELECT count(*) FROM dateline.captures;
SELECT count(*) FROM dateline.outlets;
SELECT count(*) FROM dateline.quarantine;
SELECT count(*) FROM dateline.v_events;
SELECT count(*) FROM dateline.v_captures;
SELECT count(*) FROM dateline.v_lag;
SELECT count(*) FROM dateline.v_stale;
SELECT * FROM dateline.as_of(1, '2026-01-01');
SELECT * FROM dateline.search('talks');
SQL
for t in $(psql -AtXqd "$DB" -c "SELECT relname FROM pg_class WHERE relnamespace = 'dateline_store'::regnamespace
	AND relkind IN ('r', 'p', 'v')"); do
	if psql -qXd "$DB" -v ON_ERROR_STOP=1 -c "SET ROLE dateline_reader" \
	    -c "SELECT 1 FROM dateline_store.$t LIMIT 1" 2> /dev/null; then
		echo "the reader reads $t"
		exit 1
	fi
done
