#!/usr/bin/env bash
# csvkit 2.2.0 reads the 12,5 of a French table as 125, and writes it so.
#
# Excel saves a French table with « ; » between columns and a comma in decimals. csvkit sees the « ; » by
# itself, then takes the comma for one that groups thousands, though no three digits follow it: all
# commands that guess types (csvsort, csvjson, csvstat, in2csv, csvsql) write 125. One number that
# cannot be read so, as « 1 234,5 », leaves the whole column as it was, so that a larger number in one row
# decides what the others are. `--locale fr_FR` reads the first of these tables rightly.
#
# Expected: « 12,5 » is no number where commas group thousands, as « 1 234,5 » is none.
#
# Seen (the rows given / as `csvsort` of the numbers writes them / with `--locale fr_FR`):
# | Brest;12,5 Lorient;0,25 Sète;9,75 / Lorient,25 Brest,125 Sète,975 / Lorient,0.25 Sète,9.75 Brest,12.5
# | Brest;12,5 Lorient;1 234,5 / Lorient,"1 234,5" Brest,"12,5" / Lorient,"1 234,5" Brest,"12,5"
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check \
  csvkit==2.2.0 agate==1.14.2 agate-excel==0.4.2 agate-sql==0.7.3 agate-dbf==0.2.4 babel==2.18.0
sorted() {
  "$dir/venv/bin/csvsort" "$@" --columns tonnes "$dir/port.csv" | tail --lines +2 | paste --serial --delimiters " "
}
for rows in "Brest;12,5 Lorient;0,25 Sète;9,75" "Brest;12,5 Lorient;1_234,5"; do
  { echo "port;tonnes" && tr " _" "\n " <<<"$rows"; } >"$dir/port.csv"
  echo "${rows//_/ } / $(sorted) / $(sorted --locale fr_FR)"
done >"$dir/seen"
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
