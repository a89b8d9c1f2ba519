#!/usr/bin/env bash
# trafilatura 2.3.1 takes what a reader lists or quotes out of comments, and the first line of those without <p>.
#
# Only the paragraphs of a comment are read, though lists and quotations stay in the text of the article:
# « Trois raisons : » then stands above nothing, and « Non. » answers nobody. Where a program sets a comment in
# no paragraph and its lines apart by <br>, the first is lost, and a comment of one line is lost whole.
# `favor_recall` changes none of it.
#
# Expected: the words of a comment, as of an article.
#
# Seen (a comment, then what is extracted of the thread, its lines parted by « / »):
# | <p>Trois raisons :</p><ul><li>le prix</li><li>la place</li></ul> -> Trois raisons :
# | <blockquote><p>Le port ferme.</p></blockquote><p>Non.</p> -> Non.
# | <p>Je ne viendrai pas.<br>Paul non plus.</p> -> Je ne viendrai pas. / Paul non plus.
# | Je ne viendrai pas.<br>Paul non plus. -> Paul non plus.
# | Je ne viendrai pas. -> nothing
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from trafilatura import bare_extraction

FILLING = "<p>Les mareyeurs attendent sur le quai que la mairie dise ce qu’elle fera des bâtiments.</p>" * 4
PAGE = """<!DOCTYPE html><html lang="fr"><head><title>La criée ferme</title></head><body><article>{}</article>
<section id="comments"><ol class="comment-list"><li class="comment"><div class="comment-content">{}</div></li></ol>
</section></body></html>"""
for comment in (
    "<p>Trois raisons :</p><ul><li>le prix</li><li>la place</li></ul>",
    "<blockquote><p>Le port ferme.</p></blockquote><p>Non.</p>",
    "<p>Je ne viendrai pas.<br>Paul non plus.</p>",
    "Je ne viendrai pas.<br>Paul non plus.",
    "Je ne viendrai pas.",
):
    page = PAGE.format(FILLING, comment)
    read = {bare_extraction(page, favor_recall=recall).comments or "nothing" for recall in (False, True)}
    print(f"{comment} -> {' or '.join(text.replace(chr(10), ' / ') for text in read)}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
