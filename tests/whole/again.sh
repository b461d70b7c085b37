# The day played twice on one database: the second run ends, and adds no event.
set -eu
python3 tests/site/run_day.py --dateline "$DATELINE" --db "$DB" --ticks 12
first=$(psql -AtXqd "$DB" -c "SELECT count(*) FROM dateline.events")
digest=$(tools/db-digest "$DB")
timeout 120 python3 tests/site/run_day.py --dateline "$DATELINE" --db "$DB" --ticks 12
test "$first" = "$(psql -AtXqd "$DB" -c "SELECT count(*) FROM dateline.events")"
test "$digest" = "$(tools/db-digest "$DB")"
