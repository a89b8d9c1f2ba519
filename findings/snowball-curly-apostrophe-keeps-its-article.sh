#!/usr/bin/env bash
# Snowball 3.1's French stemmer takes the article off « l'avocat », and leaves it on « l’avocat ».
#
# Since version 3 it removes what is elided, which users of the version before had to do themselves. It knows the
# apostrophe of ASCII alone: with ’ (U+2019), which newspapers, phones and word processors write, the article stays on
# the stem, and the rules then take the rest for one word (« qu’elle » is « qu’el »). So the same noun has two stems
# in the article and in a comment, or in one typed on a phone. « jusqu'ici » and « lorsqu'il » keep theirs in any case.
#
# Expected: the same stem on both sides.
#
# Seen:
# | l'avocat avocat, l’avocat l’avocat
# | d'accord accord, d’accord d’accord
# | qu'elle elle, qu’elle qu’el
# | s'élève élev, s’élève s’élev
# | n'importe import, n’importe n’import
# | jusqu'ici jusqu'ic, jusqu’ici jusqu’ic
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check snowballstemmer==3.1.1
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
import snowballstemmer

stem = snowballstemmer.stemmer("french").stemWord
for word in ["l'avocat", "d'accord", "qu'elle", "s'élève", "n'importe", "jusqu'ici"]:
    typographic = word.replace("'", "\u2019")
    print(f"{word} {stem(word)}, {typographic} {stem(typographic)}")
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
