#!/usr/bin/env bash
# With Snowball 3.1's French stemmer, « emploi » does not find « emplois », but finds « employés ».
#
# A last « s » is cut off unless a, i, o, u, è or another s stands before it, and « jeux » and « lieux » keep their
# « x », so that the plurals of ami, élu, loi, menu, jeu and lieu, some of the commonest words of a newspaper, are words
# of their own. A « y » that is left at the end becomes an « i », which joins the employees to the job. What builds on
# this stemmer, such as Sphinx's search, parts and joins them too.
#
# Expected: one stem a line, save for the last, which has two.
#
# Seen:
# | ami amis -> ami amis
# | élu élus -> élu élus
# | loi lois -> loi lois
# | menu menus -> menu menus
# | jeu jeux -> jeu jeux
# | lieu lieux -> lieu lieux
# | maire maires -> mair mair
# | emploi emplois employés -> emploi emplois emploi
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check snowballstemmer==3.1.1
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
import snowballstemmer

stemmer = snowballstemmer.stemmer("french")
for words in [
    "ami amis",
    "élu élus",
    "loi lois",
    "menu menus",
    "jeu jeux",
    "lieu lieux",
    "maire maires",
    "emploi emplois employés",
]:
    print(words, "->", *stemmer.stemWords(words.split()))
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
