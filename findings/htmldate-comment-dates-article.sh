#!/usr/bin/env bash
# With htmldate 1.11.0, an article of 2 May 2023 is of 10 January 2024 when a reader answers it that day.
#
# Where no <meta> says the date, it looks at every <time> of the page and by default keeps the latest, as
# that of the last change. The comments below an article have theirs: each new one moves the article,
# though it stands in <section id="comments"> and <article class="comment">. `original_date` keeps the
# earliest; but where the article's own date is plain text, « Publié le 2 mai 2023 », which is read when
# nobody has answered, the first comment passes before it there too.
#
# Expected: the article's date, as before anyone answered.
#
# Seen (how the page writes its date, then the comments: the date found / with `original_date`):
# | time, no comment: 2023-05-02 / 2023-05-02
# | time, a comment on 3 May: 2023-05-03 / 2023-05-02
# | time, comments on 3 May and 10 January: 2024-01-10 / 2023-05-02
# | text, no comment: 2023-05-02 / 2023-05-02
# | text, a comment on 3 May: 2023-05-03 / 2023-05-03
# | text, comments on 3 May and 10 January: 2024-01-10 / 2023-05-03
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check \
  htmldate==1.11.0 dateparser==1.5.0 lxml==6.1.3 python-dateutil==4.0.0
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from htmldate import find_date

PAGE = """<!DOCTYPE html><html lang="fr"><head><title>La criée ferme</title></head><body><article>
<h1>La criée ferme</h1><p>{}</p><p>Les mareyeurs attendent sur le quai.</p></article>
<section id="comments"><h2>Commentaires</h2>{}</section></body></html>"""
COMMENT = """<article class="comment"><p>Paul, le <time datetime="{}">{}</time></p><p>Bien dit.</p></article>"""
MAY = COMMENT.format("2023-05-03T08:00:00+02:00", "3 mai 2023")
JANUARY = COMMENT.format("2024-01-10T09:00:00+01:00", "10 janvier 2024")
for written, date in {
    "time": 'Publié le <time datetime="2023-05-02T18:30:00+02:00">2 mai 2023</time>',
    "text": "Publié le 2 mai 2023",
}.items():
    for answered, comments in {
        "no comment": "",
        "a comment on 3 May": MAY,
        "comments on 3 May and 10 January": MAY + JANUARY,
    }.items():
        latest, original = (
            find_date(PAGE.format(date, comments), original_date=original, max_date="2024-12-31")
            for original in (False, True)
        )
        print(f"{written}, {answered}: {latest} / {original}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
