#!/usr/bin/env bash
# Unidecode 1.4.0 writes « n° 12 » as « ndeg 12 », and « nº 12 » as « no 12 ».
#
# French abbreviates « numéro » with the sign of degrees, which its keyboards have, as often as with the
# ordinal sign that was made for it. Unidecode reads the first as « deg » whatever stands before it, so that the same
# number has two spellings in an index, neither of them « numero », and slugs hold « ndeg12 ». The rarer № is « No.  »,
# with two blanks.
#
# Expected: the same text for « n° 12 » and « nº 12 ».
#
# Seen:
# | n° 12 -> 'ndeg 12'
# | nº 12 -> 'no 12'
# | № 12 -> 'No.  12'
# | les n°s 3 et 4 -> 'les ndegs 3 et 4'
# | 1° La criée ; 2° le quai -> '1deg La criee ; 2deg le quai'
# | 25 °C -> '25 degC'
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check unidecode==1.4.0
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from unidecode import unidecode

for text in ["n° 12", "nº 12", "№ 12", "les n°s 3 et 4", "1° La criée ; 2° le quai", "25 °C"]:
    print(f"{text} -> {unidecode(text)!r}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
