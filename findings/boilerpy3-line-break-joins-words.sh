#!/usr/bin/env bash
# boilerpy3 1.0.7 makes one word of the two on both sides of <br />: « le maire<br />deux ports » is « le mairedeux ports ».
#
# <br> parts lines, <br/> does not: only what opens an element is looked at, and a tag that closes itself is passed
# over as if nothing stood there. HTML takes both for the same. WordPress writes <br /> for each line that a reader
# begins in a comment, as does all that was written as XHTML. The last word of one line and the first of the next
# are lost to any search, and a word is there that nobody wrote. <hr/> does the same between two paragraphs' texts.
#
# Expected: two lines, as for <br>.
#
# Seen (what the paragraph holds -> its lines, parted by « / »):
# | Paul, le maire<br>deux ports ferment -> Paul, le maire / deux ports ferment
# | Paul, le maire<br/>deux ports ferment -> Paul, le mairedeux ports ferment
# | Paul, le maire<br />deux ports ferment -> Paul, le mairedeux ports ferment
# | Paul, le maire<hr/>deux ports ferment -> Paul, le mairedeux ports ferment
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check boilerpy3==1.0.7
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from boilerpy3.extractors import KeepEverythingExtractor

for mark in ("<br>", "<br/>", "<br />", "<hr/>"):
    text = f"Paul, le maire{mark}deux ports ferment"
    lines = KeepEverythingExtractor().get_content(f"<html><body><p>{text}</p></body></html>").split("\n")
    print(f"{text} -> {' / '.join(line for line in lines if line)}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
