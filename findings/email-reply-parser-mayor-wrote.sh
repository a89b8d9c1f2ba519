#!/usr/bin/env bash
# email-reply-parser 2.3.7 drops all that follows « Le maire a écrit : » in a reply by mail.
#
# Mail programs set « Le 2 mai 2023 à 18:30, Paul a écrit : » above what is answered, and the parser
# cuts there. In French it asks for no date: any line that begins with « Le » and ends with « a écrit : » is one.
# What a reader quotes and answers below is lost, though no line of it
# begins with « > ». « La mairie a écrit : » loses nothing, nor « Le maire a dit : ».
#
# Expected: the whole reply; or a date, an hour or an address asked for before it is cut.
#
# Seen (a reply, / for the end of a line, then what is kept of it):
# | … / Le 3 mai 2023 à 18:30, Paul a écrit : / … -> Je ne crois pas cela.
# | … / Le maire a écrit : / … -> Je ne crois pas cela.
# | … / Le 2 mai, le conseil a voté, et le préfet a écrit : / … -> Je ne crois pas cela.
# | … / La mairie a écrit : / … -> Je ne crois pas cela. / La mairie a écrit : / « La criée reste ouverte. » / Elle ferme demain.
# | … / Le maire a dit : / … -> Je ne crois pas cela. / Le maire a dit : / « La criée reste ouverte. » / Elle ferme demain.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts email-reply-parser@2.3.7
(cd "$dir" && node --input-type=module -) >"$dir/seen" <<'JS'
import parser from "email-reply-parser";

const EmailReplyParser = parser.default ?? parser;
for (const line of [
  "Le 3 mai 2023 à 18:30, Paul a écrit :",
  "Le maire a écrit :",
  "Le 2 mai, le conseil a voté, et le préfet a écrit :",
  "La mairie a écrit :",
  "Le maire a dit :",
]) {
  const mail = `Je ne crois pas cela.\n\n${line}\n\n« La criée reste ouverte. »\n\nElle ferme demain.`;
  const kept = new EmailReplyParser().read(mail).getVisibleText();
  console.log(`… / ${line} / … -> ${kept.trim().replaceAll(/\n+/g, " / ")}`);
}
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
