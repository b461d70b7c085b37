# What a crawl would refuse later, or read as something else, `config check`
# refuses with the file and the key; what is told here as right is read so.
set -eu
export DATELINE_HOME="$TMP/config"
conf="$TMP/config.yaml"
check() { rc=0; "$DATELINE" --config "$conf" config check > "$TMP/out" 2> "$TMP/errors" || rc=$?; }
while IFS='|' read -r key yaml; do
	printf '%b\n' "$yaml" > "$conf"
	check
	[ $rc = 2 ] && grep -q "^dateline: CONFIG: $conf: $key: " "$TMP/errors" || {
		echo "$yaml: exit $rc"; cat "$TMP/errors"; exit 1; }
done <<'LINES'
allow_addresses|allow_addresses: ["127.0.0.0/99"]
allow_addresses|allow_addresses: ["10.0.0.0/8", "localhost"]
nameservers|nameservers: ["nonsense"]
nameservers|nameservers: ["192.0.2.53:domain"]
nameservers|nameservers: ["192.0.2.53:0"]
nameservers|nameservers: ["192.0.2.53:65536"]
nameservers|nameservers: ["[192.0.2.53]:53"]
resolve|resolve: {a.test: "localhost:80"}
resolve|resolve: {a.test: "127.0.0.1:"}
resolve|resolve: {a.test: "127.0.0.1:http"}
resolve|resolve: {a.test: "::1"}
resolve|resolve: {"b\\xc3\\xbccher.test": "127.0.0.1:80"}
resolve|resolve: {"a b": "127.0.0.1:80"}
crawl.tdm|crawl: {tdm: maybe}
crawl.tdm|crawl: {tdm: Obey}
crawl.timeout|crawl: {timeout: 0s}
crawl.delay|crawl: {delay: 30d}
crawl.delay|crawl: {delay: soon}
crawl.connections|crawl: {connections: 4294967297}
crawl.budget|crawl: {budget: 0}
warc.bodies|warc: {bodies: perhaps}
warc.bodies|warc: {bodies: true}
warc.enabled|warc: {enabled: yes}
log.level|log: {level: loud}
log.format|log: {format: xml}
contact|contact: "a@b.test\\r\\nX-Evil: 1"
user_agent|user_agent: "Mozilla/5.0"
LINES
i=0
printf 'allow_addresses:\n' > "$conf"
while [ $i -lt 33 ]; do echo "- 10.0.0.$i/32" >> "$conf"; i=$((i + 1)); done
check
[ $rc = 2 ] && grep -q 'allow_addresses: over 32 items' "$TMP/errors"

cat > "$conf" <<'YAML'
allow_addresses: ["127.0.0.0/8", "::1", "fd00::/8"]
nameservers: ["192.0.2.53", "192.0.2.53:5353", "2001:db8::1", "[2001:db8::1]:53", "[2001:db8::1]"]
resolve: {a.test: "127.0.0.1:80", b.test: "127.0.0.1", c.test: "[::1]:80", xn--bcher-kva.test: "127.0.0.1:80", "D.test": "127.0.0.1:80"}
crawl: {tdm: record, timeout: 1500ms, delay: 0s, connections: 65535}
warc: {bodies: no, enabled: false}
log: {level: debug, format: json}
YAML
check
[ $rc = 0 ] || { cat "$TMP/errors"; exit 1; }
"$DATELINE" --config docs/example.yaml config check > /dev/null
rc=0
DATELINE_NAMESERVERS=192.0.2.53,nonsense "$DATELINE" config check 2> "$TMP/errors" || rc=$?
[ $rc = 2 ] && grep -q 'DATELINE_NAMESERVERS: nameservers: "nonsense"' "$TMP/errors"
[ ! -e "$DATELINE_HOME" ]
