#!/usr/bin/env bash
# With pandas 3.1.1, a comment « => d’accord avec Paul » written to a sheet is read back as nothing.
#
# Readers begin what they answer with « => », « = » or « == ». `to_excel` says nothing, and writes a text that
# begins with « = » as a formula, which it is not: openpyxl 3.1.5 without a result, XlsxWriter 3.3.1
# with the result 0. `read_excel` reads results: NaN, as where there is no comment, or a comment « 0 ».
# « -> » and « + » stay what they are.
#
# Expected: a column of texts stays one, in the sheet and back.
#
# Seen (the comment, then what is read of it after it was written with openpyxl / with XlsxWriter):
# | => d’accord avec Paul: nan / 0
# | = même avis: nan / 0
# | -> même avis: -> même avis / -> même avis
# | +1, comme Paul: +1, comme Paul / +1, comme Paul
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 openpyxl==3.1.5 XlsxWriter==3.3.1
"$dir/venv/bin/python" - "$dir" >"$dir/seen" <<'PY'
import sys
from pathlib import Path

import pandas as pd

comments = pd.DataFrame({"comment": ["=> d’accord avec Paul", "= même avis", "-> même avis", "+1, comme Paul"]})
read = []
for engine in ("openpyxl", "xlsxwriter"):
    sheet = Path(sys.argv[1], f"{engine}.xlsx")
    comments.to_excel(sheet, engine=engine, index=False)
    read.append(pd.read_excel(sheet)["comment"])
for comment, openpyxl, xlsxwriter in zip(comments["comment"], *read, strict=True):
    print(f"{comment}: {openpyxl} / {xlsxwriter}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
