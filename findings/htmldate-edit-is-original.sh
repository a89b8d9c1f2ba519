#!/usr/bin/env bash
# htmldate 1.11.0, asked for the original date of a page, answers the day of its last edit.
#
# `original_date=True` asks for the day of publication. « Dernière modification le 20 juillet 2024 »
# in an element of class « date » is given for it, and is preferred to « Publié le 3 mars 2024 » in
# the paragraph above: the class is looked at, the words before the day are not. The same holds
# in English, and where the two lines change places.
#
# Expected: 2024-03-03 where the page says when it was published; None where it does not.
#
# Seen (the lines under the title, then the original date found):
# | Publié le 3 mars 2024 / [date] Dernière modification le 20 juillet 2024: 2024-07-20
# | [date] Dernière modification le 20 juillet 2024 / Publié le 3 mars 2024: 2024-07-20
# | Published on March 3, 2024 / [date] Last edited on July 20, 2024: 2024-07-20
# | [date] Dernière modification le 20 juillet 2024: 2024-07-20
# | Publié le 3 mars 2024: 2024-03-03
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check \
  htmldate==1.11.0 dateparser==1.5.0 lxml==6.1.3 python-dateutil==4.0.0
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from htmldate import find_date

PAGE = """<!DOCTYPE html><html lang="fr"><head><title>La criée ferme</title></head><body><article>
<h1>La criée ferme</h1>{}<p>Les mareyeurs attendent sur le quai.</p></article></body></html>"""
for lines in (
    ("Publié le 3 mars 2024", "[date] Dernière modification le 20 juillet 2024"),
    ("[date] Dernière modification le 20 juillet 2024", "Publié le 3 mars 2024"),
    ("Published on March 3, 2024", "[date] Last edited on July 20, 2024"),
    ("[date] Dernière modification le 20 juillet 2024",),
    ("Publié le 3 mars 2024",),
):
    html = "".join(f"<p>{line}</p>" for line in lines).replace("<p>[date] ", '<p class="date">')
    found = find_date(PAGE.format(html), original_date=True, max_date="2024-12-31")
    print(f"{' / '.join(lines)}: {found}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
