# search tells versions: the texts that opened one, also where a copy had the text
# before; what is erased is found no more.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
say() { # URL OUTLET TIME BODY
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "2024-03-05T%s:00Z", "title": "Talks open on strait", "body": "%s"}\n' "$@"
}
s1="Ministers from both coastal states opened talks in Port Halden on Tuesday over fishing rights in the disputed northern strait."
s2="Foreign minister Edda Lorne told reporters that her delegation had come with a mandate to sign before the weekend."
s3="The strait has been closed to trawlers since January, when two vessels collided in fog and eleven sailors were rescued."
say http://a.test/1 A 08:00 "$s1 $s2 $s3" > "$TMP/in"
say http://b.test/1 B 08:10 "$s1 $s2" >> "$TMP/in" # a rendition: cut from the end
d ingest --format jsonl "$TMP/in" 2> /dev/null
found() { q "SELECT coalesce(string_agg(version::text, ' '), 'none') FROM dateline.search('$1')"; }
test "$(found trawlers)" = 1
test "$(found 'edda lorne')" = 1
# the outlet that opened the story cuts its page to the copy's very text: that
# opens version 2, with a text that the database has
say http://a.test/1 A 08:20 "$s1 $s2" > "$TMP/in"
d ingest --format jsonl "$TMP/in" 2> /dev/null
test "$(found trawlers)" = 1
test "$(found 'edda lorne')" = 2
# the index is used, and its statistics are not
q "SET enable_seqscan = off; EXPLAIN SELECT 1 FROM dateline_store.text t
	WHERE t.opens AND dateline_store.words_of(t.title, t.body) @@ 'lorne'::tsquery" | grep -q text_words
test "$(q "SELECT attstattarget FROM pg_attribute WHERE attrelid = 'dateline_store.text_words'::regclass")" = 0
# letters of scripts without blanks are words: those that stand together are found
body="两个沿海国家的部长周二就北部海峡的GDP和捕鱼权开始会谈。"
say http://c.test/1 C 09:00 "$body" > "$TMP/in"
say http://d.test/1 D 09:00 "รัฐมนตรีเปิดการเจรจาเรื่องสิทธิการประมง" >> "$TMP/in"
d ingest --format jsonl "$TMP/in" 2> /dev/null
for word in 捕鱼权 海峡 'GDP' '部长 -美国' '"北部海峡" 会谈' การเจรจา; do
	test "$(found "$word")" = 1 || { echo "$word"; exit 1; }
done
for word in 峡海 鱼权和 '部长 -海峡'; do
	test "$(found "$word")" = none || { echo "$word"; exit 1; }
done
q "SELECT snippet FROM dateline.search('海峡')" | grep -q '周二就北部<b>海峡</b>的GDP'
d forget http://a.test/1 --reason "a test" > /dev/null
d forget http://b.test/1 --reason "a test" > /dev/null
test "$(found 'edda lorne')" = none
