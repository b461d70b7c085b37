#!/bin/sh
# left_out.sh SHARED OUT NAME...: the whole assignment of the corpora's wire items by a model that was fitted without the
# pairs of NAME (dev2, dev, own0 or own1), scored by them. OUT: what fit_match.sh made there. PYTHON as for that.
set -eu
shared=$(realpath "$1") out=$(realpath "$2") python=${PYTHON:-python3}
shift 2
cd "$(dirname "$0")/.."
for name; do
	work=$out/without-$name
	rm -rf "$work" && mkdir "$work"
	git ls-files -z | tar c --null -T - | tar x -C "$work"
	$python bench/fit_match.py --folder "$out/signals" --out "$work/story/match_model.h" --without "$name" > "$work/fitted"
	make -sC "$work" build/bench/match_eval > "$work/made" 2>&1
	"$work/build/bench/match_eval" "$out/wire.jsonl" > "$work/assign.tsv" 2> /dev/null
	case $name in dev*) pairs=$shared/corpora/wire/reuters21578-$name.pairs.tsv ;; *) pairs=bench/pairs/$name.pairs.tsv ;; esac
	printf '%s left out: %s\n' "$name" "$("$shared/score/stories.py" "$pairs" "$work/assign.tsv")"
done
