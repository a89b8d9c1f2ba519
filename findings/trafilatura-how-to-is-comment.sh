#!/usr/bin/env bash
# trafilatura 2.3.1 takes an article's « Comment voter ? » (how to vote) for what its readers answered.
#
# « Comment » is French for how, and a section often has its title for its id: `pandoc --section-divs` writes
# <section id="comment-voter">. What has an id that begins with « comment » is cut out of the article, and is
# given as the comments of its readers. Titles that hold an English name of a page's furniture are
# cut too, and are then in neither: « Le plan social », « La Sécurité sociale », « Le menu ».
#
# Expected: the words of an article, in the article.
#
# Seen (the section's id -> whether its words are in the text / in the comments):
# | qui-vote -> yes / no
# | comment-voter -> no / yes
# | comment-la-criee-ferme -> no / yes
# | le-plan-social -> no / no
# | la-securite-sociale -> no / no
# | le-menu -> no / no
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6 htmldate==1.11.0 \
  justext==3.0.2 courlan==1.4.0
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from trafilatura import bare_extraction

PARAGRAPH = "<p>Les mareyeurs attendent sur le quai que la mairie dise ce qu’elle fera des bâtiments.</p>"
for name in ("qui-vote", "comment-voter", "comment-la-criee-ferme", "le-plan-social", "la-securite-sociale", "le-menu"):
    section = f'<section id="{name}"><h2>Titre</h2><p>Rien ne change pour les inscrits, dit le préfet.</p></section>'
    page = f"""<!DOCTYPE html><html lang="fr"><head><title>Le vote</title></head><body><article><h1>Le vote</h1>
{PARAGRAPH * 4}{section}{PARAGRAPH * 4}</article></body></html>"""
    document = bare_extraction(page)
    parts = (document.text, document.comments)
    print(f"{name} -> {' / '.join('yes' if 'inscrits' in (part or '') else 'no' for part in parts)}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
