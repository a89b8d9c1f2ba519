#!/usr/bin/env bash
# With lunr 2.3.9 and lunr-languages 1.22.0 in French, « publié » finds « publiés » but not « publiée ».
#
# `lunr.fr` takes the accents off before its Snowball stemmer reads the word, and the French stemmer
# knows endings by their accents: of « publiée » it takes « ée », of « publiee » only the last « e ». The
# same stemmer, asked of the word as it is written, makes the four forms one. A participle in -é is so
# cut in two, its feminines apart from its masculines; one in -i, as « fini », is not.
#
# Expected: accents forgiven, and the forms of a word that the stemmer joins still joined.
#
# Seen (token in the index, then the stem of the word with its accents, then what it finds):
# | publié publ publi: publié + publiés
# | publiés publ publi: publié + publiés
# | publiée publie publi: publiée + publiées
# | publiées publie publi: publiée + publiées
# | finie fin fin: fini + finie
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts lunr@2.3.9 lunr-languages@1.22.0
(cd "$dir" && node --input-type=commonjs -) >"$dir/seen" <<'JS'
const lunr = require("lunr");
require("lunr-languages/lunr.stemmer.support")(lunr);
require("lunr-languages/lunr.fr")(lunr);

const index = (words) =>
  lunr(function () {
    this.use(lunr.fr);
    this.ref("word");
    this.field("word");
    words.forEach((word) => this.add({ word }));
  });
const all = index(["publié", "publiés", "publiée", "publiées", "fini", "finie"]);
for (const word of ["publié", "publiés", "publiée", "publiées", "finie"]) {
  const stored = Object.keys(index([word]).invertedIndex);
  const stem = lunr.fr.stemmer(new lunr.Token(word, {}));
  const found = all.search(word).map((hit) => hit.ref).sort();
  console.log(`${word} ${stored} ${stem}: ${found.join(" + ")}`);
}
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
