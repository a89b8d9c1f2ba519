#!/usr/bin/env bash
# tantivy-py 0.27.0's parse_query refuses « l'avocat » typed with a keyboard's apostrophe, and takes « l’avocat ».
#
# The straight apostrophe opens a quotation in tantivy's language, even in the middle of a word, so that a
# question of one elision is a syntax error; two elisions too, though both quotes then have their pair. The curly
# one that phones write is a letter like another, and the same question is answered.
# `parse_query_lenient` takes both, and reports no error for either.
#
# Expected: the same reading for both apostrophes, as in `parse_query_lenient`.
#
# Seen:
# | l’avocat: 1
# | l'avocat: ValueError: Syntax Error: l'avocat
# | l’avocat d’affaires: 1
# | l'avocat d'affaires: ValueError: Syntax Error: l'avocat d'affaires
# | aujourd’hui: 1
# | aujourd'hui: ValueError: Syntax Error: aujourd'hui
# | lenient, l'avocat d'affaires: 1, errors: []
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check tantivy==0.27.0
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
import tantivy

builder = tantivy.SchemaBuilder()
builder.add_text_field("text")
index = tantivy.Index(builder.build())
writer = index.writer()
writer.add_document(tantivy.Document(text=["Aujourd'hui, l'avocat d'affaires est entré."]))
writer.commit()
index.reload()
searcher = index.searcher()
for question in ["l’avocat", "l'avocat", "l’avocat d’affaires", "l'avocat d'affaires", "aujourd’hui", "aujourd'hui"]:
    try:
        query = index.parse_query(question, ["text"], conjunction_by_default=True)
        print(f"{question}: {searcher.search(query).count}")
    except ValueError as error:
        print(f"{question}: ValueError: {error}")
question = "l'avocat d'affaires"
query, errors = index.parse_query_lenient(question, ["text"], conjunction_by_default=True)
print(f"lenient, {question}: {searcher.search(query).count}, errors: {errors}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
