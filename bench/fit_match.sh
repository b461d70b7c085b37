#!/bin/sh
# fit_match.sh SHARED OUT [ARG...]: everything that bench/fit_match.py needs, made in OUT (about 200 MB) from the corpora in
# SHARED, then the fit with ARG (--out story/match_model.h writes the model, --styles the robustness table). PYTHON has
# numpy and scikit-learn. bench/README.md says what the files are.
set -eu
shared=$1 out=$2 python=${PYTHON:-python3}
shift 2
styles='modern wires headline notitle trim lines day modern,headline,lines,trim wires,headline,trim'
mkdir -p "$out/signals"
wire=$out/wire.jsonl english=$out/english.jsonl
zstd -qdcf "$shared/corpora/wire/reuters21578-dev.jsonl.zst" > "$wire"
if [ ! -s "$english" ]; then
	for set in fundus wcxb_dev traf; do
		mkdir -p "$out/$set"
		zstd -qdcf "$shared/corpora/pages/$set.tar.zst" | tar x -C "$out/$set"
		find "$out/$set" -path '*/html/*' -type f | LC_ALL=C sort |
			xargs ./dateline extract || [ $? -eq 123 ] # a page without an article
	done | $python bench/english_items.py > "$english"
fi
for n in wire21 modern21 wire22 modern22; do
	case $n in wire*) items=$wire ;; *) items=$english ;; esac
	$python bench/wiresim.py --items "$items" --stories 1500 --seed "${n#${n%??}}" --pairs "$out/$n.tsv" > "$out/$n.jsonl"
	build/bench/match_signals "$out/$n.jsonl" "$out/$n.tsv" > "$out/signals/$n"
done
for n in america europe south markets; do
	$python bench/wire_pairs.py "$out/$n.jsonl" "$out/$n.tsv" < "bench/wires/$n.jsonl"
	build/bench/match_signals "$out/$n.jsonl" "$out/$n.tsv" > "$out/signals/$n"
done
pairs_of() {
	case $1 in dev*) echo "$shared/corpora/wire/reuters21578-$1.pairs.tsv" ;; *) echo "bench/pairs/$1.pairs.tsv" ;; esac
}
for style in '' $styles; do
	if [ -n "$style" ]; then
		$python bench/restyle.py "$style" < "$wire" > "$out/restyled.jsonl"
	else
		cp "$wire" "$out/restyled.jsonl"
	fi
	for n in dev2 dev own0 own1; do
		build/bench/match_signals "$out/restyled.jsonl" "$(pairs_of $n)" > "$out/signals/$n${style:+@$style}"
	done
done
rm -f "$out/restyled.jsonl"
exec $python bench/fit_match.py --folder "$out/signals" "$@" --held wire22 modern22 america europe south markets
