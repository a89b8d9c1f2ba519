#!/usr/bin/env bash
# extruct 0.18.0 reads <time itemprop="dateCreated">2023-05-03</time> as a property of no text.
#
# HTML says that a <time> without `datetime` has its text for its value; it is the short way to write a date or
# an hour that readers see as machines do. In microdata extruct gives the empty string for it: the
# property is there, so that no check of its presence fails, and the date is lost. In RDFa it is the other
# way round: the text is read, and a `datetime` never is, so that « hier » is the date of the comment.
#
# Expected: 2023-05-03, in every row and on both sides.
#
# Seen (what stands in a comment of schema.org -> its dateCreated in microdata / in RDFa):
# | <time datetime="2023-05-03" …>hier</time> -> 2023-05-03 / hier
# | <time …>2023-05-03</time> -> empty / 2023-05-03
# | <time …>2023-05-03T18:30+02:00</time> -> empty / 2023-05-03T18:30+02:00
# | <span …>2023-05-03</span> -> 2023-05-03 / 2023-05-03
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check extruct==0.18.0 lxml==6.1.3 lxml_html_clean==0.4.6 \
  html-text==0.7.1 w3lib==2.5.0 rdflib==7.6.0 pyrdfa3==3.6.5 mf2py==2.0.2
"$dir/venv/bin/python" - 2>"$dir/log" >"$dir/seen" <<'PY'
from extruct import extract

DATE = "https://schema.org/dateCreated"
for start, text, end in (
    ('time datetime="2023-05-03" {}', "hier", "time"),
    ("time {}", "2023-05-03", "time"),
    ("time {}", "2023-05-03T18:30+02:00", "time"),
    ("span {}", "2023-05-03", "span"),
):
    micro, rdfa = (
        f'<div {kind}><p {name}="text">Oui.</p><{start.format(f"{name}=dateCreated")}>{text}</{end}></div>'
        for kind, name in (
            ('itemscope itemtype="https://schema.org/Comment"', "itemprop"),
            ('vocab="https://schema.org/" typeof="Comment"', "property"),
        )
    )
    comment = extract(micro, syntaxes=["microdata"])["microdata"][0]["properties"]
    node = next(node for node in extract(rdfa, syntaxes=["rdfa"])["rdfa"] if DATE in node)
    shown = f"<{start.format('…')}>{text}</{end}>"
    print(f"{shown} -> {comment['dateCreated'] or 'empty'} / {node[DATE][0]['@value']}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
