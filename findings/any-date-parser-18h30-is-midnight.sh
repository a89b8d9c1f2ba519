#!/usr/bin/env bash
# any-date-parser 2.2.4 reads « 2 mai 2023 à 18h30 » in French as midnight, and « 18 h 30 » as half past six.
#
# An hour of French is read after « : », or with minutes and a space on both sides of its « h ». « 18h30 »,
# « 18 h » and « 20h » are passed over, whatever stands before them, and the date is given without a
# word about it: at midnight, as one that has no hour. Comments of one day lose their order so.
#
# Expected: 18:30; or a date that is not valid, as for « hier ».
#
# Seen (read in French, in UTC):
# | 2 mai 2023 à 18:30 -> 2023-05-02 18:30
# | 2 mai 2023 à 18h30 -> 2023-05-02 00:00
# | 2 mai 2023 à 18 h 30 -> 2023-05-02 18:30
# | 2 mai 2023 à 18 h -> 2023-05-02 00:00
# | 02/05/2023 à 18h30 -> 2023-05-02 00:00
# | 02/05/2023 à 18:30 -> 2023-05-02 18:30
# | 2 mai 2023 -> 2023-05-02 00:00
# | mardi 2 mai 2023 à 20h -> 2023-05-02 00:00
# | hier -> not read
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts any-date-parser@2.2.4
(cd "$dir" && TZ=UTC node --input-type=module -) >"$dir/seen" <<'JS'
import parser from "any-date-parser";

for (const text of [
  "2 mai 2023 à 18:30",
  "2 mai 2023 à 18h30",
  "2 mai 2023 à 18 h 30",
  "2 mai 2023 à 18 h",
  "02/05/2023 à 18h30",
  "02/05/2023 à 18:30",
  "2 mai 2023",
  "mardi 2 mai 2023 à 20h",
  "hier",
]) {
  const date = parser.fromString(text, "fr");
  console.log(`${text} -> ${date.invalid ? "not read" : date.toISOString().slice(0, 16).replace("T", " ")}`);
}
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
