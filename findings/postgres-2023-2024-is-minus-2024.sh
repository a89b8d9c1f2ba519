#!/usr/bin/env bash
# With PostgreSQL 18.7's `french` configuration, « La saison 2023-2024 » is not found by « 2024 »: it holds « -2024 ».
#
# What is cut into words keeps the sign of a number, and a hyphen with digits behind it is taken for one, in the middle
# of a word too: the second year of a season or a school year, « Covid-19 », « article 49-3 ». With the en dash the
# same years are two. A question of « 2023-2024 » is cut the same way and finds it, so that a trial with the
# text's own words shows nothing. PGlite 0.5.17 is that PostgreSQL, compiled to WebAssembly.
#
# Expected: a sign where a number begins a word, not inside one.
#
# Seen (a text, what is indexed of it, then whether the word on the right finds it):
# | La saison 2023-2024: -2024 2023 saison | 2024: no
# | La saison 2023-2024: -2024 2023 saison | 2023-2024: yes
# | La saison 2023–2024: 2023 2024 saison | 2024: yes
# | La rentrée 2024-2025: -2025 2024 rentr | 2025: no
# | La Covid-19: -19 covid | 19: no
# | Un article 49-3: -3 49 articl | 3: no
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17
(cd "$dir" && node --input-type=module -) >"$dir/seen" <<'JS'
import { PGlite } from "@electric-sql/pglite";

const db = new PGlite();
const sql = `select array_to_string(tsvector_to_array(to_tsvector('french', $1)), ' ') as words,
  to_tsvector('french', $1) @@ websearch_to_tsquery('french', $2) as found`;
for (const [text, word] of [
  ["La saison 2023-2024", "2024"],
  ["La saison 2023-2024", "2023-2024"],
  ["La saison 2023–2024", "2024"],
  ["La rentrée 2024-2025", "2025"],
  ["La Covid-19", "19"],
  ["Un article 49-3", "3"],
]) {
  const { words, found } = (await db.query(sql, [text, word])).rows[0];
  console.log(`${text}: ${words} | ${word}: ${found ? "yes" : "no"}`);
}
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
