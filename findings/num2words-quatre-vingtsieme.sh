#!/usr/bin/env bash
# With num2words 0.5.14 in French, the 80th is « quatre-vingtsième » and the 200th « deux centsième ».
#
# The ordinal is made of the cardinal as it is written, and quatre-vingts, deux cents, deux cents millions
# have an « s » that nothing after them may follow. In Belgian French (`fr_BE`) the « s » is where it
# should not be and not where it should: « quatre-vingt » by itself, « deux cents mille », « un millions », and
# 81 has an « et » that it has nowhere.
#
# Expected: quatre-vingtième, deux centième, deux cent millionième; and in Belgium as in France
# quatre-vingts, quatre-vingt-un, deux cent mille, un million.
#
# Seen:
# | fr ordinal 80: quatre-vingtsième
# | fr ordinal 200: deux centsième
# | fr ordinal 200000000: deux cents millionsième
# | fr_BE cardinal 80: quatre-vingt
# | fr_BE cardinal 81: quatre-vingt et un
# | fr_BE cardinal 200000: deux cents mille
# | fr_BE cardinal 1000000: un millions
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check num2words==0.5.14
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from num2words import num2words

for lang, to, numbers in [
    ("fr", "ordinal", [80, 200, 200_000_000]),
    ("fr_BE", "cardinal", [80, 81, 200_000, 1_000_000]),
]:
    for number in numbers:
        print(f"{lang} {to} {number}: {num2words(number, lang=lang, to=to)}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
