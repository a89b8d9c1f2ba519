#!/usr/bin/env bash
# @mozilla/readability 0.6.0 takes the » that closes a quotation for the sign before a site's name, and
# cuts the title there: « La criée va fermer » : le maire -> « La criée va fermer
#
# Where only <title> says the title, it is cut at the last « | », « - », « » »… that has a space on both
# sides. French ends every quotation by such a sign, so that the title opens one that nothing closes. If
# fewer than three words remain, what follows the first of these signs is kept instead, and there no space
# is asked for: a short quotation is dropped, and the hyphen of Saint-Malo cuts its saint away. A no-break
# space before the », as typographers set it, keeps the title whole.
#
# Expected: a » that closes a « parts no title from a site; nor does the hyphen of a word.
#
# Seen (<title>, then the title found; _ for a no-break space):
# | « La criée va fermer au printemps » : le maire -> « La criée va fermer au printemps
# | «_La criée va fermer au printemps_» : le maire -> «_La criée va fermer au printemps_» : le maire
# | Le maire : « La criée va fermer au printemps » et le port aussi -> Le maire : « La criée va fermer au printemps
# | Le film « Les Quais » au cinéma -> Le film « Les Quais
# | « Non » : le port se vide au printemps -> : le port se vide au printemps
# | Saint-Malo | Le port se vide au printemps -> Malo | Le port se vide au printemps
# | Rendez-vous - Le programme de la semaine -> vous - Le programme de la semaine
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts @mozilla/readability@0.6.0 linkedom@0.18.15
(cd "$dir" && node --input-type=module -) >"$dir/seen" <<'JS'
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";

const paragraph = "<p>Les mareyeurs attendent sur le quai que la mairie dise ce qu’elle fera des bâtiments.</p>";
for (const title of [
  "« La criée va fermer au printemps » : le maire",
  "«_La criée va fermer au printemps_» : le maire",
  "Le maire : « La criée va fermer au printemps » et le port aussi",
  "Le film « Les Quais » au cinéma",
  "« Non » : le port se vide au printemps",
  "Saint-Malo | Le port se vide au printemps",
  "Rendez-vous - Le programme de la semaine",
]) {
  const head = `<head><title>${title.replaceAll("_", "\u00a0")}</title></head>`;
  const page = `<!DOCTYPE html><html lang="fr">${head}<body><article>${paragraph.repeat(9)}</article></body></html>`;
  const article = new Readability(parseHTML(page).document).parse();
  console.log(`${title} -> ${article.title.replaceAll("\u00a0", "_")}`);
}
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
