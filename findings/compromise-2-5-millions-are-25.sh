#!/usr/bin/env bash
# fr-compromise 0.2.8 reads « 2,5 millions » as 25 millions, and « 3,5 % » as 35.
#
# The French plug-in of compromise reads numbers as the English library does: a comma groups thousands. It
# is taken out, so that every decimal of French is ten, a hundred or a thousand times too large; and the
# space that does group thousands, narrow or not, ends the number: « 200 000 euros » are 200. In words,
# « quatre-vingts » with the « s » that it takes when nothing follows is four; « quatre-vingt-un » is 81.
#
# Expected: 2500000, 3.5, 200000 and 80, as French writes them.
#
# Seen (a text, then the numbers read of it; _ for a narrow no-break space):
# | 2,5 millions d’euros -> 25000000
# | 3,5 % des voix -> 35
# | 12,50 euros -> 1250
# | 200 000 euros -> 200
# | 1_500 euros -> 1
# | quatre-vingts ans -> 4
# | quatre-vingt-un ans -> 81
# | deux cent mille euros -> 200000
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts fr-compromise@0.2.8
(cd "$dir" && node --input-type=module -) >"$dir/seen" <<'JS'
import nlp from "fr-compromise";

for (const text of [
  "2,5 millions d’euros",
  "3,5 % des voix",
  "12,50 euros",
  "200 000 euros",
  "1_500 euros",
  "quatre-vingts ans",
  "quatre-vingt-un ans",
  "deux cent mille euros",
]) {
  console.log(`${text} -> ${nlp(text.replaceAll("_", "\u202f")).numbers().get().join(" ")}`);
}
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
