#!/usr/bin/env bash
# dateparser 1.5.0 reads « 2 mai à 18 h » as 2 May 2018, and « 8 h 30 » as eight hours ago.
#
# French typography sets a space in an hour: « 18 h », « 8 h 30 ». Without the space, which comments of
# web sites have as often, the hour is an hour. With it, « 18 » is taken for the year after « 2 mai » and
# « h » is dropped; alone, « 8 h 30 » is a length of time, and its minutes are dropped. Thousands are
# grouped the same way: « il y a 1 200 jours » becomes 200 days.
#
# Expected: a space more or less makes no other year; or None, as for « 2 mai à 8 h ».
#
# Seen (read in French, on 4 December 2024 at noon):
# | 2 mai à 18h: 2024-05-02 18:00:00
# | 2 mai à 18 h: 2018-05-02 00:00:00
# | 2 mai à 8 h: None
# | 8h30: 2024-12-04 08:30:00
# | 8 h 30: 2024-12-04 04:00:00
# | il y a 1200 jours: 2021-08-22 12:00:00
# | il y a 1 200 jours: 2024-05-18 12:00:00
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check \
  dateparser==1.5.0 python-dateutil==4.0.0 pytz==2026.6 regex==2026.11.19 tzlocal==5.4.5
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from datetime import datetime

import dateparser

NOON = {"RELATIVE_BASE": datetime(2024, 12, 4, 12)}
for text in (
    "2 mai à 18h",
    "2 mai à 18 h",
    "2 mai à 8 h",
    "8h30",
    "8 h 30",
    "il y a 1200 jours",
    "il y a 1 200 jours",
):
    print(f"{text}: {dateparser.parse(text, languages=['fr'], settings=NOON)}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
