#!/bin/sh
# Lets the role that Grafana reads as log in.
set -eu
psql -h postgres -U dateline -d dateline -v ON_ERROR_STOP=1 \
	-v password="$READER_PASSWORD" <<'SQL'
ALTER ROLE dateline_reader LOGIN PASSWORD :'password';
SQL
