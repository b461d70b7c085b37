# explain, on each hard case of design.md: the lines that an editor reads.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
d migrate > /dev/null
d ingest --format jsonl /dev/null 2> /dev/null || :
line() { # URL TIME TITLE BODY [OUTLET]
	host=${1#http://}
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "%s:00Z", "title": "%s", "body": "%s"}\n' \
		"$1" "${5:-${host%%/*}}" "$2" "$3" "$4" >> "$TMP/lines"
}
take() {
	d ingest --format jsonl "$TMP/lines" 2> /dev/null
	: > "$TMP/lines"
}
explain() { # A B
	about="explain $1 $2"
	d explain "$1" "$2" > "$TMP/told"
	adds_up
}
has() {
	grep -q -- "$1" "$TMP/told" && return
	echo "$about has no line like: $1"
	cat "$TMP/told"
	exit 1
}
has_not() {
	! grep -q -- "$1" "$TMP/told" && return
	echo "$about has a line like: $1"
	cat "$TMP/told"
	exit 1
}
# The table: all signals and rules, with the pair that is usual, are the sum; the
# sum is the score. Each weight is rounded to a hundredth.
adds_up() {
	awk -v about="$about" '
	/^  signal  / { table = 1; next }
	!table { next }
	/^  product tags/ { next }
	{ weight = 0; for (i = 1; i <= NF; i++) if ($i ~ /^[+-][0-9]+\.[0-9][0-9]$/) { weight = $i; break } }
	/^  sum / { sum = weight; score = $NF; next }
	{ all += weight; rows++ }
	END {
		s = 1 / (1 + exp(-sum))
		if (rows < 22 || all - sum > .15 || sum - all > .15 || s - score > .002 || score - s > .002) {
			print about ": " rows " rows, " all " is not " sum ", " s " not " score
			exit 1
		}
	}' "$TMP/told"
}
: > "$TMP/lines"
S1="Ministers from both coastal states opened talks in Port Halden on Tuesday over fishing rights in the disputed northern strait."
S2="Foreign minister Edda Lorne told reporters that her delegation had come with a mandate to sign before the weekend."
S3="The strait has been closed to trawlers since January, when two vessels collided in fog and eleven sailors were rescued."
S4="Negotiators said the draft would divide the cod quota evenly and set up a joint patrol of six cutters."
S5="Harbour unions in Port Halden called the draft a surrender and announced a march along the quay for Wednesday evening."
S6="A final session is planned for Friday at the old customs house, where the first treaty was signed in 1931."
O1="Stocks rose in early trading as banks reported better results than analysts had predicted for the quarter."
O2="The finance minister said the budget would be presented in June and promised lower taxes for families."
O3="Employers welcomed the plan while trade unions called for higher wages in public hospitals."
BANK="The Central Bank of Varelia left credit policies unchanged after the regular meeting of its council, a spokesman said. The discount rate remains at 3.0 percent and the emergency rate at 5.0 percent."

# ---- one story -------------------------------------------------------------------
# Cases share sentences; each has a month of its own, and 72 hours part them.
line http://a1.test/1 2020-01-07T08:00 "Ministers open talks on strait" "$S1"
line http://b1.test/2 2020-01-07T08:20 "Ministers open talks on strait" "$S1 $S2 $S3 $S4 $S5 $S6"
take
explain http://a1.test/1 http://b1.test/2
has '^A  http://a1.test/1$'
has '^   "Ministers open talks on strait"$'
has '^   story 1 version 1 (the head), a1.test, seen 2020-01-07 08:00 to 2020-01-07 08:00$'
has '^   why version 1: it has what no version had: it opened this one$'
has '^   began story 1: it fitted none that was known$'
has '^   story 1 version 2, b1.test, '
has '^   came to story 1 by the verdict, score 0\.[5-9][0-9]*: one story: 100 % of the shorter text stands in the longer, titles share 100 %, leads 100 %, 20 min apart$'
has '^   nearest then: version 1 on http://a1.test/1$'
has '^recorded: one story$'
has '^texts alone: one story, score 0\.[5-9][0-9]* (one story from .5)$'
has '^  signal  *value  *usual  *weight$'
has '^  containment  *1\.000 .*of the shorter text'
has '^  rule .*the longer has every sentence of the shorter$'
has '^  sum .* score 1/(1+e^-sum) = 0\.'
has '^  product tags: none and none$'
# either way round, and by number
explain http://b1.test/2 http://a1.test/1
has '^A  http://b1.test/2$'
explain 1 http://b1.test/2
has '^A  http://a1.test/1$'

# a short re-send
line http://a2.test/1 2020-02-07T08:00 "Halden Fisheries sets dividend" "Halden Fisheries said it will pay 12 cts a share on June 4. Holders of record on May 20 get it."
line http://a2.test/2 2020-02-07T08:03 "Halden Fisheries sets dividend" "Halden Fisheries said it will pay 12 cts a share on June 4. Holders of record on May 20 get it."
take
explain http://a2.test/1 http://a2.test/2
has '^recorded: one story$'
has ' by the verdict, .* 3 min apart'
has '^  rule .*hardly anything else'

# a correction under a new headline
line http://a3.test/1 2020-03-07T08:00 "Ministers open talks on strait" "$S1 $S2 $S3 $S4 $S5"
line http://b3.test/1 2020-03-07T11:00 "CORRECTED-Draft treaty would share cod quota" "$S1 $S2 $S3 $S4"
take
explain http://a3.test/1 http://b3.test/1
has '^recorded: one story$'
has ' by the verdict, .* 3 h apart, the same first sentence, one says that it corrects the other$'
has '^  rule .*both open with the same sentence$'
has '^  rule  *+4\.00  one says that it corrects what the other says$'

# a trimmed copy below the outlet's line, which nine of its stories had
i=0
for who in Arlen Borsk Cembra Dorval Esten Farrow Girton Hulme Ister Jarrow; do
	i=$((i + 1))
	line http://c4.test/$i 2020-04-0${i%0}T06:00 "$who council meets on roads ${i}0" \
		"$who councillors number $i met to hear of the ${who}bridge and its $i$i arches. Our newsletter brings the ${who}less best stories of every morning to readers at home. Follow our newsroom on all channels for the latest from every harbour of the coast." outlet4
done
line http://a4.test/1 2020-04-27T08:00 "Ministers open talks on strait" "$S1 $S2 $S3 $S4 $S5 $S6"
line http://c4.test/99 2020-04-27T12:00 "Fishing talks begin" "$S1 $S2 $S3 This story has not been edited by outlet4 staff. Follow our newsroom on all channels for the latest from every harbour of the coast." outlet4
take
explain http://a4.test/1 http://c4.test/99
has '^recorded: one story$'
has '^   left out: 2 sentences that the outlet, or its agency, puts on any page$'
has '^     "This story has not been edited by outlet4 staff\."$'
has '^     "Follow our newsroom on all channels for the latest from ...'
has ' by the verdict, .*one story: 100 % of the shorter text stands in the longer'
has '^   why version 1: it stands in that version: a copy, whole or cut$'
# as the judge saw it
has_not ' by what is kept today'
test "$(sed -n 's/^   came to .* score \(0\.[0-9]*\): .*/\1/p' "$TMP/told")" = \
	"$(sed -n 's/^texts alone: .*score \(0\.[0-9]*\) .*/\1/p' "$TMP/told")"

# ---- two stories -------------------------------------------------------------------
line http://a5.test/1 2020-05-07T08:00 "Ministers open talks on strait" "$S1 $S2"
line http://a5.test/2 2020-05-07T12:00 "FACTBOX-Fishing disputes since 1931" "$O1 $O2 $S5 $S6 $S1"
take
explain http://a5.test/1 http://a5.test/2
has '^recorded: two stories$'
has '^texts alone: two stories'
has ', FACTBOX beside the news'
has '^  rule .*-12\.00  products of two kinds'
has '^  product tags: FACTBOX and none$'

# shared background
line http://a6.test/1 2020-06-07T08:00 "Ministers open talks on strait" "$S1 $S2 $S4 $S3"
line http://a6.test/2 2020-06-07T14:00 "Budget to be presented in June" "$O2 $O1 $O3 $S3 Nurses said they would wait for the vote of the upper house and then decide on a strike that might close half of the wards. Economists doubted that lower taxes could be paid for while the state still owed its banks more than in any year since the war."
take
explain http://a6.test/1 http://a6.test/2
has '^recorded: two stories$'
has '^  two stories: .*, only background in common$'
has '^  rule .*-4\.00  only background in common$'

# a statement in the same words after two weeks
line http://a7.test/1 2020-07-01T08:00 "Bank leaves credit policies unchanged" "$BANK"
line http://a7.test/2 2020-07-15T08:00 "Bank leaves credit policies unchanged" "$BANK"
take
explain http://a7.test/1 http://a7.test/2
has '^recorded: two stories$'
has ', 336 h apart: past 72 h nothing joins'
has '^  rule .*-12\.00  past 72 h nothing joins$'

# market reports of two days; tables in which only figures differ
line http://a8.test/1 2020-08-03T17:00 "Varelia stocks: market report" "Stocks closed 1.4 percent higher on Monday at 8,214 points. Turnover was 3.1 billion crowns and 41 of 60 shares gained."
line http://a8.test/2 2020-08-04T17:00 "Varelia stocks: market report" "Shares lost 0.9 percent on Tuesday to end at 8,140 points. Only 17 of the 60 companies rose in trading of 4.6 billion crowns."
line http://a9.test/1 2020-09-01T08:00 "Varelia sells wheat by tender" "The Varelia Grain Board sold 20,000 tonnes of milling wheat by tender for April shipment at 795 crowns a tonne on March 5, traders said. The wheat will be shipped in two cargoes from the northern harbour."
line http://a9.test/2 2020-09-02T08:00 "Varelia sells wheat by tender" "The Varelia Grain Board sold 20,000 tonnes of milling wheat by tender for April shipment at 811 crowns a tonne on March 6, traders said. The wheat will be shipped in two cargoes from the northern harbour."
take
explain http://a8.test/1 http://a8.test/2
has '^recorded: two stories$'
has '^  two stories: .* 24 h apart'
explain http://a9.test/1 http://a9.test/2
has '^recorded: two stories$'
has '^  two stories: .*, the same but for figures, one form filled otherwise$'
has '^  rule .*-6\.00  one form, filled with other names and figures$'

# the next day's development
line http://a10.test/1 2020-10-06T08:00 "Ministers open talks on strait" "$S1 $S2 $S3 $S4 $S6"
line http://a10.test/2 2020-10-07T10:00 "Marchers block customs house" "Dockers marched along the quay of Port Halden on Wednesday and blocked the customs house for three hours. Police counted four thousand people. $S6"
take
explain http://a10.test/1 http://a10.test/2
has '^recorded: two stories$'
has '^  two stories: .* 26 h apart'

# ---- merged and split ---------------------------------------------------------------
# a flash, a copy cut to what was added since, and the text that has both
line http://a11.test/1 2020-11-03T08:20 "Talks on strait open in harbour town" "$S1 $S3"
line http://b11.test/7 2020-11-03T08:30 "Strait talks: draft divides quota" "$S4 $S5 $S6 $S2"
take
one=$(d explain http://a11.test/1 http://a11.test/1 | sed -n '/^   story/{s/^   story \([0-9]*\) .*/\1/p;q}')
line http://c11.test/3 2020-11-03T08:50 "Talks on strait: draft divides quota" "$S1 $S3 $S4 $S5 $S6 $S2"
take
explain http://a11.test/1 http://b11.test/7
has "^   story $one version 1 (the head), a11.test"
has "^   story $one version 3, b11.test"
has "^   began story $((one + 1)): it fitted none that was known$"
has '^recorded: one story$'
has "^  2020-11-03 08:50  story $((one + 1)) was merged into story $one by the verdict, score 0\.[0-9]*: one story: "
has '^    it is the text of http://c11.test/3 that belongs to both$'
has '^texts alone: two stories'
has '^what links them, step by step:$'
has '^  A      version 1 on http://a11.test/1$'
has '^  [01]\.[0-9]*  version 2 on http://c11.test/3: one story: '
has '^  0\.[5-9][0-9]*  B: version 3 on http://b11.test/7: one story: '

# by hand, and taken back by hand
line http://a12.test/1 2020-12-01T08:20 "Talks begin on strait" "$S1 $S3"
line http://b12.test/1 2020-12-01T08:40 "Mayor jailed" "A court in the capital sentenced the former mayor to four years for taking bribes from a builder. Prosecutors had asked the judges for six years and for the return of all the money he took."
line http://b12.test/2 2020-12-01T08:50 "Mayor is jailed" "A court in the capital sentenced the former mayor to four years for taking bribes from a builder. Prosecutors had asked the judges for six years and for the return of all the money he took."
take
d merge http://a12.test/1 http://b12.test/1 > "$TMP/merged"
two=$(sed -n 's/^story \([0-9]*\) is merged into story .*/\1/p' "$TMP/merged")
one=$(sed -n 's/.* into story \([0-9]*\)$/\1/p' "$TMP/merged")
explain http://a12.test/1 http://b12.test/1
has "^   story $one version 2, b12.test"
has "^   began story $two: it fitted none that was known; it is there by hand since$"
has '^   bound by hand: no verdict takes the page elsewhere$'
has '^recorded: one story$'
has "story $two was merged into story $one by hand$"
has '^texts alone: two stories'
has '^no likeness links them, through any of the 3 texts of the story that were looked at$'
# by their numbers: of each story a text of its own
explain $two $one
has '^A  http://b12.test/2$'
has '^B  http://a12.test/1$'
has "story $two was merged into story $one by hand$"
explain $one $two
has '^A  http://a12.test/1$'
has '^B  http://b12.test/2$'
d split $one http://b12.test/1 http://b12.test/2 > /dev/null
explain http://a12.test/1 http://b12.test/1
has '^recorded: two stories$'
has "story $two was merged into story $one by hand$"
has "story $two was split from story $one by hand$"
has "^   began story $two: it fitted none that was known; it is there by hand since$"
has_not "came to story $two"
explain http://a12.test/1 http://b12.test/2
has "^   came to story $two by the verdict, and is there by hand since$"
# a page that no merge brought
d split $two http://b12.test/2 > "$TMP/split"
three=$(sed -n 's/.* is story \([0-9]*\)$/\1/p' "$TMP/split")
explain http://b12.test/1 http://b12.test/2
has "^   came to story $three by hand$"
has "^   began story $two: "
has '^recorded: two stories$'
has "story $three was split from story $two by hand$"
has '^texts alone: one story'

# a page that shows another story now
line http://a13.test/live 2021-01-12T08:00 "Ministers open talks on strait" "$S1 $S2 $S3"
line http://b13.test/1 2021-01-12T08:10 "Ministers open talks on strait" "$S1 $S2 $S3"
line http://a13.test/live 2021-01-12T12:00 "Budget to be presented in June" "$O2 $O1 $O3"
take
explain http://a13.test/live http://b13.test/1
has '^   "Budget to be presented in June"$'
has '^recorded: two stories$'
has '^  2021-01-12 08:00  the page of A was last seen on story [0-9]*; its next text, against that one: score 0\.[0-9]*, two stories: .*, nearly nothing of the page.s text is left, the same page$'
has '^texts alone: two stories'

# a page that went back, against its own story; a copy four days after its text
line http://a14.test/1 2021-02-02T08:00 "Ministers open talks on strait" "$S1 $S2 $S3"
line http://a14.test/1 2021-02-02T09:00 "Ministers open talks on strait" "$S1 $S2 $S4"
line http://a14.test/1 2021-02-02T10:00 "Ministers open talks on strait" "$S1 $S2 $S3"
line http://b14.test/1 2021-02-02T10:10 "Ministers open talks on strait" "$S1 $S2 $S3"
take
explain http://a14.test/1 http://b14.test/1
has '^texts alone: one story'
explain http://a14.test/1 http://a14.test/1
has '^texts alone: one story'
has_not '^what links them'
has ', 0 min apart$'

# a page that came while two stories were one, to the text of the one that left: it
# was not near to what stayed; where its text is not in either story, nothing is told
line http://a15.test/1 2021-03-02T08:00 "Ministers open talks on strait" "$S1 $S2 $S3"
line http://b15.test/1 2021-03-02T08:10 "Budget to be presented in June" "$O1 $O2 $O3"
line http://d15.test/1 2021-03-06T08:10 "Police count marchers on quay" "Police counted four thousand marchers on the quay of Varn, and closed the bridge to all traffic until midnight."
take
d merge http://a15.test/1 http://b15.test/1 > /dev/null
line http://c15.test/1 2021-03-02T09:10 "Budget to be presented in June" "$O1 $O2 $O3"
take
d split http://a15.test/1 http://b15.test/1 > /dev/null
explain http://c15.test/1 http://b15.test/1
has '^   came to story [0-9]* by the verdict, score 1\.000'
has '^   nearest then: version 1 on http://b15.test/1$'
explain http://c15.test/1 http://a15.test/1
has '^   nearest then: cannot be told, no text that is kept has that score today$'
has_not 'nearest then: version'
explain http://c15.test/1 http://d15.test/1
has_not 'nearest then: version'

# texts that are one story by themselves: those of the day explain nothing where the
# pages had no other
line http://a16.test/1 2021-04-06T08:00 "Prime minister Orlo resigns - state TV" "Prime Minister Davin Orlo resigned on Monday, state television said."
line http://b16.test/1 2021-04-06T08:20 "Prime minister Orlo resigns - state TV" "Prime Minister Davin Orlo resigned on Monday after losing a vote on the budget, state television said. Orlo, 61, told lawmakers he would stay on until a successor was chosen. The vote was lost by 151 to 149 after three members of his own party rebelled. Analysts said finance minister Clea Brandt was the likeliest successor."
take
explain http://a16.test/1 http://b16.test/1
has_not 'by the texts of that day'

# the texts would be one story, but neither was found for the other
line http://a17.test/1 2021-05-06T08:00 "Plane crashes near Skarra airport" "A passenger plane has crashed near Skarra airport, police say. More follows."
line http://b17.test/1 2021-05-06T08:24 "Plane with 44 aboard crashes near Skarra airport" "A passenger plane carrying 44 people crashed on approach to Skarra airport on Friday, police said. The turboprop, operated by Nordlys Air, came down in a beet field two kilometres short of the runway."
take
explain http://a17.test/1 http://b17.test/1
has '^texts alone: one story'
has '^neither was compared with the other: .* of which they share 1 where 3 are needed$'
explain http://a16.test/1 http://b16.test/1
has_not 'neither was compared'

# lines without blanks are cut between letters
python3 - > "$TMP/lines" <<'PY'
import json, random
r = random.Random(3)
def han(n):
    return ''.join(chr(r.randrange(0x4e00, 0x5e00)) for _ in range(n))
for i in range(11):
    print(json.dumps({'url': 'http://zh18.test/%d' % i, 'outlet': 'zh18.test', 'kind': 'article', 'title': han(12),
        'fetched_at': '2021-06-08T08:%02d:00Z' % i, 'body': ''.join(han(30) + '\u3002' for _ in range(3)) +
        '\n\n\u672c\u7f51\u7ad9\u6240\u6709\u6587\u7ae0\u7248\u6743\u5f52\u672c\u62a5\u793e\u6240\u6709'
        '\u672a\u7ecf\u4e66\u9762\u6388\u6743\u4efb\u4f55\u5355\u4f4d\u4e0d\u5f97\u8f6c\u8f7d\u3002'}))
PY
take
explain http://zh18.test/9 http://zh18.test/10
has '^     "本网站所有文章版权归本报社所有未经书面授 \.\.\."$'

# what is not known, and wrong use
rc=0; d explain 1 999 2> /dev/null > "$TMP/out" || rc=$?
test $rc = 1
rc=0; d explain 1 2> /dev/null > "$TMP/out" || rc=$?
test $rc = 2
