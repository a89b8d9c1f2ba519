#!/usr/bin/env bash
# With @orama/orama 3.1.18 set to French, « cœur » is the word « cour », and « œuvre » is « ouvre ».
#
# Its tokenizer takes accents off letter by letter, and takes « œ » for an « o » with a mark on it. A
# heart (cœur) is found in a court of appeal (cour) and the other way round; a work (une œuvre) is the
# verb of « il ouvre ». Who types « coeur », without the ligature, finds no « cœur ». No stemmer
# is at work here: `stemming` is false.
#
# Expected: « œ » read as « oe », as keyboards without it write and as dictionaries sort it, so that
# coeur and cœur are one word, and cour another.
#
# Seen (token of each word, then what each question finds):
# | cœur cour | cour cour | coeur coeur | œuvre ouvre | ouvre ouvre | sœurs sours
# | cœur: La cour d’appel a jugé + Le cœur du sujet
# | cour: La cour d’appel a jugé + Le cœur du sujet
# | coeur: nothing
# | œuvre: Il ouvre un dossier + Une œuvre perdue
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts @orama/orama@3.1.18
(cd "$dir" && node --input-type=module -) >"$dir/seen" <<'JS'
import { create, insert, search } from "@orama/orama";

const articles = await create({
  schema: { text: "string" },
  components: { tokenizer: { language: "french", stemming: false } },
});
for (const text of ["La cour d’appel a jugé", "Le cœur du sujet", "Il ouvre un dossier", "Une œuvre perdue"])
  await insert(articles, { text });

const words = ["cœur", "cour", "coeur", "œuvre", "ouvre", "sœurs"];
console.log(words.map((word) => `${word} ${articles.tokenizer.tokenize(word, "french")}`).join(" | "));
for (const term of ["cœur", "cour", "coeur", "œuvre"]) {
  const { hits } = await search(articles, { term, tolerance: 0 });
  console.log(`${term}: ${hits.map((hit) => hit.document.text).sort().join(" + ") || "nothing"}`);
}
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
