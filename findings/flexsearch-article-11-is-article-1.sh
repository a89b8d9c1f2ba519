#!/usr/bin/env bash
# With flexsearch 0.8.212, article 11 is article 1, the year 2000 is 20 000, and 200 euros are 20 euros.
#
# The encoder that an index has unless told otherwise makes one letter of two that are the same, so that
# « addresse » finds « adresse »; it does so with digits too. Longer numbers are cut in groups of three
# first: « 2000 » is « 200 » and « 0 », then « 20 » and « 0 », as are « 20 000 » and « 2 000 ». What is found
# is not marked as near: it stands among the rest, in the order in which it was indexed.
#
# Expected: two digits make another number than one.
#
# Seen (terms of the number, then the texts that a question of it finds):
# | 11 -> 1: Article 1 + Article 11 + Article 111
# | 2000 -> 20 0: En 2000, le port vivait + Une foule de 20 000 personnes
# | 200 -> 20: En 2000, le port vivait + Un billet à 20 euros + Un billet à 200 euros + Une foule de 20 000 personnes
# | 22 mai -> 2 mai: Le 2 mai, à quai + Le 22 mai, en mer
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts flexsearch@0.8.212
(cd "$dir" && node --input-type=commonjs -) >"$dir/seen" <<'JS'
const { Index } = require("flexsearch");

const texts = [
  "Article 1",
  "Article 11",
  "Article 111",
  "En 2000, le port vivait",
  "Une foule de 20 000 personnes",
  "Un billet à 20 euros",
  "Un billet à 200 euros",
  "Le 2 mai, à quai",
  "Le 22 mai, en mer",
];
const index = new Index();
texts.forEach((text, number) => index.add(number, text));
for (const question of ["11", "2000", "200", "22 mai"]) {
  const found = index.search(question).map((number) => texts[number]).sort();
  console.log(`${question} -> ${index.encoder.encode(question).join(" ")}: ${found.join(" + ")}`);
}
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
