#!/usr/bin/env bash
# DuckDB 1.5.5's full-text index with stemmer='french' does not hold « ours », « but » nor « or ».
#
# The stemmer is French, and the stop words stay English unless `stopwords` is set too: what is a pronoun or a
# conjunction there is a bear, a goal or gold here, and nothing is said. `stopwords = 'none'` finds them; a French list
# must be a table of one's own.
#
# Expected: each word finds the sentence that holds it.
#
# Seen (word, sentences found with the default stop words, with none):
# | ours 0 1
# | but 0 1
# | or 0 1
# | village 1 1
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 duckdb-extension-fts==1.5.5
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from pathlib import Path

import duckdb
import duckdb_extension_fts

[extension] = Path(duckdb_extension_fts.__file__).parent.rglob("fts.duckdb_extension")
connection = duckdb.connect()
connection.execute(f"LOAD '{extension}'")
connection.execute("CREATE TABLE comments (id INTEGER, text VARCHAR)")
sentences = ["Un ours près du village", "Le but de la soirée", "Une bague en or"]
connection.executemany("INSERT INTO comments VALUES (?, ?)", list(enumerate(sentences)))


def count(word, options=""):
    connection.execute(
        f"PRAGMA create_fts_index('comments', 'id', 'text', stemmer = 'french', overwrite = 1{options})"
    )
    matches = "SELECT count(fts_main_comments.match_bm25(id, ?)) FROM comments"
    return connection.execute(matches, [word]).fetchone()[0]


for word in ["ours", "but", "or", "village"]:
    print(word, count(word), count(word, ", stopwords = 'none'"))
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
