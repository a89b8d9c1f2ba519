#!/usr/bin/env bash
# newspaper4k 0.9.6, told that a page is French, takes « Par » for a first name, and « Par Anaïs de La Tour » for no one.
#
# « By » is taken off a byline in any language, « Par » in none, though « et » between two names is known. With its
# « Par » a name of four words has five, which is more than a name may have, so that the article has no author.
#
# Expected: the name without « Par », as without « By ».
#
# Seen:
# | By Jeanne Martin -> ['Jeanne Martin']
# | Par Jeanne Martin -> ['Par Jeanne Martin']
# | Par Jeanne Martin et Paul Durand -> ['Par Jeanne Martin', 'Paul Durand']
# | By Anaïs de La Tour -> ['Anaïs de La Tour']
# | Par Anaïs de La Tour -> []
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check newspaper4k==0.9.6
HOME=$dir "$dir/venv/bin/python" -W ignore - >"$dir/seen" <<'PY'
from newspaper import Article

TEXT = "<p>La criée du port ferme après quarante ans de service, a dit le maire aux pêcheurs réunis mardi soir.</p>" * 6
for byline in [
    "By Jeanne Martin",
    "Par Jeanne Martin",
    "Par Jeanne Martin et Paul Durand",
    "By Anaïs de La Tour",
    "Par Anaïs de La Tour",
]:
    page = f'<html lang="fr"><title>La criée ferme</title><h1>La criée ferme</h1><p class="byline">{byline}</p>{TEXT}</html>'
    article = Article("https://phare.example/criee", language="fr")
    article.download(input_html=page)
    article.parse()
    print(f"{byline} -> {article.authors}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
