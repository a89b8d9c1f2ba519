#!/usr/bin/env bash
# With trafilatura 2.3.1, « Jeanne Martin, à Lyon » is two authors, the second one « À Lyon », and
# « J.-B. Renard » is « J -B Renard ».
#
# French bylines say the place after a comma, and begin with « Par »: the comma parts authors, whatever
# stands after it, and « Par » stays in the name (« by » does not). Points are taken out of initials, but the
# hyphen of a double first name, so that no other writing of the name is found again. « et »
# joins two authors into one, where « and » parts them.
#
# Expected: Jeanne Martin; J.-B. Renard; Jeanne Martin and Paul Durand, as two.
#
# Seen (what the page says, then the authors, parted by « ; »):
# | Jeanne Martin, à Lyon: Jeanne Martin; À Lyon
# | Par Jeanne Martin: Par Jeanne Martin
# | By Jeanne Martin: Jeanne Martin
# | J.-B. Renard: J -B Renard
# | Jeanne Martin et Paul Durand: Jeanne Martin et Paul Durand
# | Jeanne Martin and Paul Durand: Jeanne Martin; Paul Durand
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from trafilatura.metadata import extract_metadata

for byline in [
    "Jeanne Martin, à Lyon",
    "Par Jeanne Martin",
    "By Jeanne Martin",
    "J.-B. Renard",
    "Jeanne Martin et Paul Durand",
    "Jeanne Martin and Paul Durand",
]:
    page = f"""<html lang="fr"><head><title>La verrerie</title></head><body><article>
<h1>La verrerie ferme</h1><p class="author">{byline}</p>
<p>La commune a décidé de fermer la verrerie après trente ans d'activité.</p></article></body></html>"""
    print(f"{byline}: {extract_metadata(page).author}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
