#!/usr/bin/env bash
# simplemma 2.0.0 gives « vote » and « votes », or « salarié » and « salariés », two different lemmas.
#
# Each form has one lemma in its dictionary, whatever its sentence, and the singular's is not made from the
# plural's: « vote » is the noun, « votes » the verb (tu votes); « salarié » is the verb's participle,
# « salariés » the noun; « candidate » stays as it is, « candidates » are « candidat ». An index of lemmas
# holds the one, a question asks for the other, and nothing is found; which nouns are so, nothing tells.
#
# Expected: whatever the lemma is, the same for a noun and its plural.
#
# Seen (a noun and its plural -> their lemmas):
# | maire, maires -> maire, maire
# | grève, grèves -> grève, grève
# | vote, votes -> vote, voter
# | taxe, taxes -> taxe, taxer
# | visite, visites -> visiter, visite
# | salarié, salariés -> salarier, salarié
# | candidate, candidates -> candidate, candidat
# | députée, députées -> députée, député
# | sénatrice, sénatrices -> sénatrice, sénatrices
# | directrice, directrices -> directrice, directeur
# | voisine, voisines -> voisiner, voisin
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check simplemma==2.0.0
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from simplemma import lemmatize

for noun in "maire grève vote taxe visite salarié candidate députée sénatrice directrice voisine".split():
    plural = f"{noun}s"
    print(f"{noun}, {plural} -> {lemmatize(noun, lang='fr')}, {lemmatize(plural, lang='fr')}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
