#!/usr/bin/env bash
# isso 0.14.0 sets the comments that it imports two hours back in summer and one in winter, in Paris.
#
# Disqus exports the time of a comment in UTC (`createdAt`, which ends by Z), and WordPress beside its own
# time in UTC (`comment_date_gmt`). `isso import` reads both as times of the machine's own zone: what was
# written at ten minutes past midnight is of the day before, and the comments that readers leave in Isso
# itself, whose times are right, are no longer the same hours after it. On a machine in UTC nothing moves.
#
# Expected: the same moment on any machine.
#
# Seen (the zone, then the export's time in UTC -> what Isso keeps, shown in UTC):
# | disqus, UTC: 2023-05-03 00:10 -> 2023-05-03 00:10 | 2023-12-04 12:00 -> 2023-12-04 12:00
# | disqus, Europe/Paris: 2023-05-03 00:10 -> 2023-05-02 22:10 | 2023-12-04 12:00 -> 2023-12-04 11:00
# | disqus, America/Montreal: 2023-05-03 00:10 -> 2023-05-03 04:10 | 2023-12-04 12:00 -> 2023-12-04 17:00
# | wordpress, UTC: 2023-05-03 00:10 -> 2023-05-03 00:10 | 2023-12-04 12:00 -> 2023-12-04 12:00
# | wordpress, Europe/Paris: 2023-05-03 00:10 -> 2023-05-02 22:10 | 2023-12-04 12:00 -> 2023-12-04 11:00
# | wordpress, America/Montreal: 2023-05-03 00:10 -> 2023-05-03 04:10 | 2023-12-04 12:00 -> 2023-12-04 17:00
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check isso==0.14.0
cat >"$dir/export.py" <<'PY'
import sys

TIMES = ("2023-05-03 00:10", "2023-12-04 12:00")
DISQUS = """<?xml version="1.0" encoding="UTF-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><id/><link>https://quai.example/criee/</link><title>La criée ferme</title></thread>
{}</disqus>"""
POST = """<post dsq:id="{number}"><id/><message>D’accord.</message><createdAt>{day}T{hour}:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Paul</name></author><thread dsq:id="1"/></post>"""
WORDPRESS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>
<item><title>La criée ferme</title><link>https://quai.example/criee/</link>{}</item></channel></rss>"""
COMMENT = """<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Paul</wp:comment_author>
<wp:comment_author_email/><wp:comment_author_url/><wp:comment_author_IP>192.0.2.1</wp:comment_author_IP>
<wp:comment_date_gmt>{day} {hour}:00</wp:comment_date_gmt><wp:comment_content>D’accord.</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>"""

program = sys.argv[1]
export, comment = {"disqus": (DISQUS, POST), "wordpress": (WORDPRESS, COMMENT)}[program]
comments = (
    comment.format(number=number, day=day, hour=hour)
    for number, (day, hour) in enumerate((time.split() for time in TIMES), start=1)
)
print(export.format("\n".join(comments)))
PY
cat >"$dir/kept.py" <<'PY'
import sqlite3
import sys
from datetime import UTC, datetime

written = ("2023-05-03 00:10", "2023-12-04 12:00")
rows = sqlite3.connect(sys.argv[1]).execute("SELECT created FROM comments ORDER BY created").fetchall()
kept = [f"{datetime.fromtimestamp(created, UTC):%Y-%m-%d %H:%M}" for (created,) in rows]
print(" | ".join(f"{time} -> {created}" for time, created in zip(written, kept, strict=True)))
PY
for program in disqus wordpress; do
  "$dir/venv/bin/python" "$dir/export.py" "$program" >"$dir/$program.xml"
  for zone in UTC Europe/Paris America/Montreal; do
    database="$dir/$program-${zone/\//-}.db"
    printf '[general]\ndbpath = %s\nhost = https://quai.example/\n' "$database" >"$dir/isso.cfg"
    TZ=$zone "$dir/venv/bin/isso" -c "$dir/isso.cfg" import --type "$program" --empty-id "$dir/$program.xml" >&2
    echo "$program, $zone: $("$dir/venv/bin/python" "$dir/kept.py" "$database")"
  done
done >"$dir/seen"
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
