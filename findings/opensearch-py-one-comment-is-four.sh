#!/usr/bin/env bash
# With opensearch-py 3.2.0, one `client.index` of a comment puts it into the index four times where a gateway answers late.
#
# A gateway before OpenSearch says 504 when the node's answer does not come in time; the node has stored the comment
# all the same. Transport sends again, three times unless told otherwise, what was answered 502, 503 or 504,
# whatever its method: `POST /comments/_doc`, which makes a document with a name of its own each time, as
# `PUT /comments/_doc/1`, of which twice is once. The call then raises what the last answer was: nobody is told
# how many comments there are. The server here stores what it is sent, as a node does, and answers as the gateway.
#
# Expected: what is not idempotent is not sent again unasked (RFC 9110, 9.2.2).
#
# Seen (call -> what was sent; the outcome; how many comments are stored):
# | index, no id, answered 504 twice -> POST POST POST: created, 3 stored
# | index, no id, always answered 504 -> POST POST POST POST: TransportError 504, 4 stored
# | index, id 1, always answered 504 -> PUT PUT PUT PUT: TransportError 504, 1 stored
# | index, no id, max_retries=0 -> POST: TransportError 504, 1 stored
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check opensearch-py==3.2.0
cat >"$dir/seen.py" <<'PY'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError


class Gateway(BaseHTTPRequestHandler):
    def store(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        name = self.path.partition("_doc/")[2].partition("?")[0] or f"name-{len(sent)}"
        sent.append(self.command)
        stored[name] = json.loads(body)
        late = len(sent) <= lateness
        answer = b"{}" if late else b'{"result": "created"}'
        self.send_response(504 if late else 201)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_PUT = store

    def log_message(self, *message):
        pass


server = HTTPServer(("127.0.0.1", 0), Gateway)
threading.Thread(target=server.serve_forever, daemon=True).start()
host = {"host": "127.0.0.1", "port": server.server_port}
comment = {"author": "Zoé", "text": "Le phare éclaire la mer."}


def show(label, times, id=None, **options):
    global sent, stored, lateness
    sent, stored, lateness = [], {}, times
    try:
        outcome = OpenSearch([host], **options).index(index="comments", body=comment, id=id)["result"]
    except TransportError as error:
        outcome = f"{type(error).__name__} {error.status_code}"
    print(f"{label} -> {' '.join(sent)}: {outcome}, {len(stored)} stored")


show("index, no id, answered 504 twice", 2)
show("index, no id, always answered 504", 99)
show("index, id 1, always answered 504", 99, "1")
show("index, no id, max_retries=0", 99, max_retries=0)
PY
"$dir/venv/bin/python" "$dir/seen.py" 2>/dev/null | tee "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
