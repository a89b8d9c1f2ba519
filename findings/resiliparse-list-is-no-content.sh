#!/usr/bin/env bash
# Resiliparse 2.0.1, asked for the main content of a page, leaves out each <ul> of an article and keeps each <ol>.
#
# What is listed with numbers stays; the same items with bullets are gone, with no trace but a sentence that ends with
# « : ». It does not matter how long the items are, nor whether the page marks <main> and <article>; a <ul> that is
# inside an <ol>, or alone in a <div> of an article, stays. So the demands of a strike, the reasons of a reader and the
# dates of a calendar are in no index of what was crawled.
#
# Expected: the items of a list that stands between two paragraphs of the article.
#
# Seen (what stands between the paragraphs -> what is extracted of it, as main content / of the whole page):
# | <p>Trois raisons :</p><ul><li>le loyer</li><li>la houle</li></ul> -> Trois raisons : / Trois raisons : • le loyer • la houle
# | <p>Trois raisons :</p><ol><li>le loyer</li><li>la houle</li></ol> -> Trois raisons : 1. le loyer 2. la houle / Trois raisons : 1. le loyer 2. la houle
# | <ul><li><p>Les marins demandent que la criée ouvre à cinq heures.</p></li></ul> -> nothing / • Les marins demandent que la criée ouvre à cinq heures.
# | <ol><li>le port<ul><li>sa digue</li></ul></li></ol> -> 1. le port • sa digue / 1. le port • sa digue
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check Resiliparse==2.0.1
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from resiliparse.extract.html2text import extract_plain_text

SENTENCE = (
    "Le conseil de la ville a parlé du port et de la pêche, dont les prix montent depuis trois ans sans que"
    " rien ne change pour les marins."
)
PAGE = """<html lang="fr"><head><title>Le port</title></head><body><main><article>
<p>{sentence}</p><p>{sentence}</p>{between}<p>{sentence}</p></article></main></body></html>"""
ITEMS = "<li>le loyer</li><li>la houle</li>"
for between in (
    f"<p>Trois raisons :</p><ul>{ITEMS}</ul>",
    f"<p>Trois raisons :</p><ol>{ITEMS}</ol>",
    "<ul><li><p>Les marins demandent que la criée ouvre à cinq heures.</p></li></ul>",
    "<ol><li>le port<ul><li>sa digue</li></ul></li></ol>",
):
    page = PAGE.format(sentence=SENTENCE, between=between)
    texts = (extract_plain_text(page, main_content=main) for main in (True, False))
    rests = (" ".join(text.replace(SENTENCE, "").split()) or "nothing" for text in texts)
    print(f"{between} -> {' / '.join(rests)}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
