#!/usr/bin/env bash
# feedparser 6.0.14 takes the author leo@quai.paris (Léo Martin) for one named « s (Léo Martin ».
#
# RSS gives an author as an address and a name in parentheses; feedgen 1.0.0 writes them so. They are told
# apart by a pattern that ends an address after four letters: .paris, .alsace, .corsica and .bretagne are
# longer, and what is over goes to the name, together with the parenthesis before it and without the one after it.
# The address is changed too. An address without a name becomes an author named « s ».
#
# Expected: Léo Martin, as under .fr; or no name where it is not understood.
#
# Seen (what feedgen is given, then what feedparser reads of what it wrote: name / address):
# | Léo Martin, leo@quai.fr: Léo Martin / leo@quai.fr
# | Léo Martin, leo@quai.info: Léo Martin / leo@quai.info
# | Léo Martin, leo@quai.paris: s (Léo Martin / leo@quai.pari
# | Léo Martin, leo@quai.alsace: ce (Léo Martin / leo@quai.alsa
# | Léo Martin, leo@quai.corsica: ica (Léo Martin / leo@quai.cors
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14 feedgen==1.0.0
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
import feedparser
from feedgen.feed import FeedGenerator

for ending in ("fr", "info", "paris", "alsace", "corsica"):
    address = f"leo@quai.{ending}"
    feed = FeedGenerator()
    feed.title("Le Quai")
    feed.link(href="https://quai.example/")
    feed.description("Nouvelles du port")
    item = feed.add_entry()
    item.title("La criée ferme")
    item.author(name="Léo Martin", email=address)
    author = feedparser.parse(feed.rss_str()).entries[0].author_detail
    print(f"Léo Martin, {address}: {author.name} / {author.email}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
