#!/usr/bin/env bash
# chrono-node 2.10.3 in French reads « 18h et » as 18:00 in New York: midnight in Paris.
#
# After an hour it looks for the abbreviation of a time zone, in small letters too and in every language:
# « et » (and) is Eastern Time, « est » (is) Eastern Standard Time. These are among the commonest words of
# French, and an hour is commonly followed by them; a comma between changes nothing. A mere number becomes
# an hour so: of « les 2 et 3 mai », two days, the first is two o'clock at night, today.
#
# Expected: in French, no time zone where the word is a French one; or only in the capitals of « 18h ET ».
#
# Seen (the sentence, then what is read of it and the time it gives in Paris, on 4 December 2024 at noon):
# | Le conseil débat à 18h puis vote. -> à 18h: 2024-12-04 18:00
# | Le conseil débat à 18h et vote. -> à 18h et: 2024-12-05 00:00
# | Le conseil débat à 18h, et vote. -> à 18h, et: 2024-12-05 00:00
# | La séance du 2 mai 2023 à 18h sera publique. -> 2 mai 2023 à 18h: 2023-05-02 18:00
# | La séance du 2 mai 2023 à 18h est publique. -> 2 mai 2023 à 18h est: 2023-05-03 01:00
# | De 9h à 12h et de 14h à 18h -> 9h à 12h et: 2024-12-04 15:00; 14h à 18h: 2024-12-04 14:00
# | Les 2 et 3 mai 2023 -> 2 et: 2024-12-04 08:00; 3 mai 2023: 2023-05-03 12:00
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts chrono-node@2.10.3
(cd "$dir" && TZ=Europe/Paris node --input-type=module -) >"$dir/seen" <<'JS'
import { fr } from "chrono-node";

const noon = new Date("2024-12-04T12:00:00+01:00");
const time = (components) => components.date().toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" });
for (const sentence of [
  "Le conseil débat à 18h puis vote.",
  "Le conseil débat à 18h et vote.",
  "Le conseil débat à 18h, et vote.",
  "La séance du 2 mai 2023 à 18h sera publique.",
  "La séance du 2 mai 2023 à 18h est publique.",
  "De 9h à 12h et de 14h à 18h",
  "Les 2 et 3 mai 2023",
]) {
  const dates = fr.parse(sentence, noon).map(({ text, start }) => `${text}: ${time(start)}`);
  console.log(`${sentence} -> ${dates.join("; ")}`);
}
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
