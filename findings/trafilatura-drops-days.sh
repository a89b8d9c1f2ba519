#!/usr/bin/env bash
# trafilatura 2.3.1 takes the day out of « Le conseil se réunira <time>lundi 15 mai</time>. »
#
# HTML has <time> for the dates and hours of a sentence, and agendas of towns write them so. The element is
# removed with its words wherever it stands, as the line of a publication date is, from the text and
# from the comments, and `favor_recall` does not keep it. What is left often still reads as a sentence, and
# no search for « 15 mai » or « 1984 » finds the article. The same words in a <span> stay.
#
# Expected: the words of a sentence, as a browser shows them.
#
# Seen (the paragraph, then what is extracted / with `favor_recall`):
# | Le conseil se réunira <time>lundi</time> à la mairie. -> Le conseil se réunira à la mairie. / the same
# | Le conseil se réunira <span>lundi</span> à la mairie. -> Le conseil se réunira lundi à la mairie. / the same
# | Depuis <time>1984</time>, le port vit. -> Depuis , le port vit. / the same
# | a comment: Le port vit depuis <time>1984</time>, dit-on. -> Le port vit depuis , dit-on. / the same
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from trafilatura import bare_extraction

FILLING = "<p>Les mareyeurs attendent sur le quai que la mairie dise ce qu’elle fera des bâtiments.</p>" * 4
PAGE = """<!DOCTYPE html><html lang="fr"><head><title>La criée ferme</title></head><body><article>{}</article>
<section id="comments"><ol class="comment-list"><li class="comment">{}</li></ol></section></body></html>"""


def first_paragraph(page: str, part: str) -> str:
    kept, recalled = (
        getattr(bare_extraction(page, favor_recall=recall), part).splitlines()[0] for recall in (False, True)
    )
    return f"{kept} / {'the same' if recalled == kept else recalled}"


for sentence in (
    "Le conseil se réunira <time>lundi</time> à la mairie.",
    "Le conseil se réunira <span>lundi</span> à la mairie.",
    "Depuis <time>1984</time>, le port vit.",
):
    page = PAGE.format(f"<p>{sentence}</p>{FILLING}", "")
    print(f"{sentence} -> {first_paragraph(page, 'text')}")
comment = "Le port vit depuis <time>1984</time>, dit-on."
print(f"a comment: {comment} -> {first_paragraph(PAGE.format(FILLING, f'<p>{comment}</p>'), 'comments')}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
