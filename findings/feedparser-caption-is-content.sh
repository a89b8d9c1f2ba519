#!/usr/bin/env bash
# feedparser 6.0.14 gives the caption of an item's photograph as the content of its article.
#
# A newspaper's RSS item commonly has a <description> and a photograph, <media:content> of Media RSS,
# with its own <media:description>. The element inside the photograph is read as one more description of
# the item: the second that comes is taken for its content, before the full text of <content:encoded>
# if that follows. Where the photograph stands first, the caption is the summary, and the description
# the content. The photograph's own entry (`media_content`) does not keep its caption.
#
# Expected: the caption beside its photograph, and summary and content from the item's own elements.
#
# Seen (summary, then content, then what is kept of the photograph):
# | description, photograph: La criée ferme au printemps. / Le quai, un matin. / medium url
# | photograph, description: Le quai, un matin. / La criée ferme au printemps. / medium url
# | description alone: La criée ferme au printemps. / nothing / nothing
# | description, photograph, text: La criée ferme au printemps. / Le quai, un matin. + Le texte de l’article. / medium url
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
import feedparser

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Le Quai</title><link>https://quai.example/</link><description>Nouvelles du port</description>
<item><title>La criée ferme</title><link>https://quai.example/criee</link>{}</item></channel></rss>"""
DESCRIPTION = "<description>La criée ferme au printemps.</description>"
PHOTOGRAPH = """<media:content url="https://quai.example/quai.jpg" medium="image">
<media:description type="plain">Le quai, un matin.</media:description></media:content>"""
TEXT = "<content:encoded><![CDATA[Le texte de l’article.]]></content:encoded>"
for name, elements in {
    "description, photograph": DESCRIPTION + PHOTOGRAPH,
    "photograph, description": PHOTOGRAPH + DESCRIPTION,
    "description alone": DESCRIPTION,
    "description, photograph, text": DESCRIPTION + PHOTOGRAPH + TEXT,
}.items():
    entry = feedparser.parse(FEED.format(elements)).entries[0]
    contents = [content.value for content in entry.get("content", [])]
    kept = sorted({key for media in entry.get("media_content", []) for key in media})
    print(f"{name}: {entry.summary} / {' + '.join(contents) or 'nothing'} / {' '.join(kept) or 'nothing'}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
