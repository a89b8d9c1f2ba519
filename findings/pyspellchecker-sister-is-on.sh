#!/usr/bin/env bash
# pyspellchecker 0.9.1 corrects « sœur » to « sur », « bœuf » to « bout » and « vœu » to « vu ».
#
# Its French dictionary holds no word with « œ »: a text that is spelt as dictionaries want is full of mistakes, and the
# best correction is the commonest word at two letters' distance. A search that says « did you mean » by it sends who
# asks for a heart to the court. « soeur » as a keyboard types it is in the dictionary, and so are é, à, ç and ï.
#
# Expected: each word is known, and corrected to itself.
#
# Seen (word, known, correction):
# | sœur False sur
# | cœur False cour
# | bœuf False bout
# | vœu False vu
# | œuvre False ouvre
# | soeur True soeur
# | maïs True maïs
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check pyspellchecker==0.9.1
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from spellchecker import SpellChecker

checker = SpellChecker(language="fr")
for word in "sœur cœur bœuf vœu œuvre soeur maïs".split():
    print(word, word in checker, checker.correction(word))
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
