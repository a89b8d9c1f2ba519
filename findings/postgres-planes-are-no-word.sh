#!/usr/bin/env bash
# With PostgreSQL 18.7's `french` configuration, planes and summer are in no index: « Les avions de
# l’été » keeps only « le ».
#
# Its stop words are forms of avoir and être, read after case and not in their sentence: « avions » is
# also planes, « été » summer, « sommes » sums, « son » a sound, « aura » an aura. Not all of the
# articles are among them: « les » and « cet » are kept. So a question of the subject of the text
# finds nothing, and one of its article does. PGlite 0.5.17 is that PostgreSQL, compiled to WebAssembly.
#
# Expected: a word that is a noun too is kept, before an article is.
#
# Seen (what is indexed of each text, then what finds it):
# | Les avions de l’été: le
# | Les sommes perdues: le perdu
# | Un son et une aura, un bruit: bruit
# | Le fut est vide: vid
# | Cet article est gratuit: articl cet gratuit
# | avions: nothing | été: nothing | les: Les avions de l’été + Les sommes perdues
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17
(cd "$dir" && node --input-type=module -) >"$dir/seen" <<'JS'
import { PGlite } from "@electric-sql/pglite";

const db = new PGlite();
const texts = [
  "Les avions de l’été",
  "Les sommes perdues",
  "Un son et une aura, un bruit",
  "Le fut est vide",
  "Cet article est gratuit",
];
const words = "select array_to_string(tsvector_to_array(to_tsvector('french', $1)), ' ') as words";
for (const text of texts) console.log(`${text}: ${(await db.query(words, [text])).rows[0].words}`);

const finds = "select to_tsvector('french', $1) @@ plainto_tsquery('french', $2) as found";
const answers = [];
for (const word of ["avions", "été", "les"]) {
  const found = [];
  for (const text of texts) if ((await db.query(finds, [text, word])).rows[0].found) found.push(text);
  answers.push(`${word}: ${found.join(" + ") || "nothing"}`);
}
console.log(answers.join(" | "));
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
