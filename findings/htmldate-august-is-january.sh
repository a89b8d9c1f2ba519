#!/usr/bin/env bash
# htmldate 1.11.0 reads « Publié le 2 août 2023 » as 2023-01-01, but « Publié le 2 aout 2023 » rightly.
#
# Its French months have « février » and « décembre » with their accents but « aout » without its own;
# and « 1er », as French writes the first of a month, is no day to it after other words. It does not
# say then that it found nothing: it keeps the year, and answers its first of January, which looks like
# any other date. The same « 2 août 2023 » alone in its paragraph is read rightly.
#
# Expected: 2023-08-02; or None, as a date that was not read.
#
# Seen (the text of a paragraph below the title, then the date found):
# | Publié le 2 mai 2023: 2023-05-02
# | Publié le 1er mai 2023: 2023-01-01
# | Publié le 2 août 2023: 2023-01-01
# | Publié le 2 aout 2023: 2023-08-02
# | Publié le 2 décembre 2023: 2023-12-02
# | Publié le 2 decembre 2023: 2023-01-01
# | 2 août 2023: 2023-08-02
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check \
  htmldate==1.11.0 dateparser==1.5.0 lxml==6.1.3 python-dateutil==4.0.0
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from htmldate import find_date

PAGE = """<!DOCTYPE html><html lang="fr"><head><title>La criée ferme</title></head><body><article>
<h1>La criée ferme</h1><p>{}</p><p>Les mareyeurs attendent sur le quai.</p></article></body></html>"""
for text in (
    "Publié le 2 mai 2023",
    "Publié le 1er mai 2023",
    "Publié le 2 août 2023",
    "Publié le 2 aout 2023",
    "Publié le 2 décembre 2023",
    "Publié le 2 decembre 2023",
    "2 août 2023",
):
    print(f"{text}: {find_date(PAGE.format(text), max_date='2024-12-31')}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
