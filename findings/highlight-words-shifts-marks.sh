#!/usr/bin/env bash
# highlight-words-core 1.2.3 marks « ire,  » for « maire » in a text where « cœur » stands before it.
#
# react-highlight-words marks with it. To forgive accents it is given a function, `sanitize`, such as lodash's
# `deburr` 4.1.0, which is run over the text and the word; the places of the one in the other are then taken
# for places in the text as it was. A letter with an accent becomes one letter, but « œ » becomes two: each moves
# all the marks after it by one letter. Without an « œ » nothing shows that the two do not go together.
#
# Expected: the letters that match, or a note that `sanitize` must keep the length of a text.
#
# Seen (text, word, then what is marked without `sanitize` / with `deburr`):
# | Élu, le maire | maire -> maire / maire
# | Au cœur du port, le maire, élu | maire -> maire / aire,
# | Au cœur de l’œuvre, sa sœur, le maire, élu | maire -> maire / re, é
# | Au cœur de l’œuvre, sa sœur, le maire, élu | soeur -> nothing / ur, l
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts highlight-words-core@1.2.3 lodash.deburr@4.1.0
(cd "$dir" && node --input-type=commonjs -) >"$dir/seen" <<'JS'
const { findAll } = require("highlight-words-core");
const deburr = require("lodash.deburr");

const marked = (textToHighlight, word, sanitize) =>
  findAll({ textToHighlight, searchWords: [word], ...(sanitize && { sanitize }) })
    .filter(({ highlight }) => highlight)
    .map(({ start, end }) => textToHighlight.slice(start, end))
    .join(" + ") || "nothing";
for (const [text, word] of [
  ["Élu, le maire", "maire"],
  ["Au cœur du port, le maire, élu", "maire"],
  ["Au cœur de l’œuvre, sa sœur, le maire, élu", "maire"],
  ["Au cœur de l’œuvre, sa sœur, le maire, élu", "soeur"],
])
  console.log(`${text} | ${word} -> ${marked(text, word)} / ${marked(text, word, deburr)}`);
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
