#!/usr/bin/env bash
# text2num 3.1.0 writes « deux virgule cinq millions » as 2,5000000: two and a half.
#
# `alpha2digit` puts figures where a text has numbers in words, which is how what people say (a debate, a council
# meeting) is made ready for search. What follows « virgule » is read as a whole number and set behind the
# comma, with the thousands, millions or milliards that close it, which there add only noughts.
#
# Expected: 2500000, or « 2,5 millions ».
#
# Seen:
# | deux virgule cinq millions -> 2,5000000
# | douze virgule cinq milliards d’euros -> 12,5000000000 d’euros
# | deux virgule cinq mille habitants -> 2,5000 habitants
# | deux millions et demi -> 2000000 et demi
# | trois virgule quatorze -> 3,14
# | deux millions cinq cent mille -> 2500000
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check text2num==3.1.0
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from text_to_num import alpha2digit

for text in [
    "deux virgule cinq millions",
    "douze virgule cinq milliards d’euros",
    "deux virgule cinq mille habitants",
    "deux millions et demi",
    "trois virgule quatorze",
    "deux millions cinq cent mille",
]:
    print(f"{text} -> {alpha2digit(text, 'fr')}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
