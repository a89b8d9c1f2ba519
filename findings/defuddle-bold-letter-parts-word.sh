#!/usr/bin/env bash
# defuddle 0.19.4 writes « l’<b>avocat</b> » as « l’ avocat », and « les élu<b>e</b>s » as « les élu e s ».
#
# A space is set before and after an element within a line where letters stand against it, in the HTML that is given
# and in the Markdown. English has few words of which a part is marked; in French an article is elided before the
# noun that is bold, in italics or a link, and an ending may be marked by itself. The word is then two, in no
# index, and an exact quotation of the sentence finds nothing.
#
# Expected: the letters as they stand, « l’avocat », « les élues ».
#
# Seen (what the paragraph holds -> its text, without tags):
# | Il cite l’<b>avocat</b> de Paul. -> Il cite l’ avocat de Paul.
# | Il cite l’<a href="/x">avocat</a> de Paul. -> Il cite l’ avocat de Paul.
# | Il cite les élu<b>e</b>s de Paul. -> Il cite les élu e s de Paul.
# | Il cite les avocats de Paul. -> Il cite les avocats de Paul.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts defuddle@0.19.4 linkedom@0.18.15
(cd "$dir" && node --input-type=module -) >"$dir/seen" <<'JS'
import { Defuddle } from "defuddle/node";

const sentence =
  "Le conseil de la ville a parlé du port et de la pêche, dont les prix montent depuis trois ans sans que rien ne change.";
for (const text of [
  "Il cite l’<b>avocat</b> de Paul.",
  'Il cite l’<a href="/x">avocat</a> de Paul.',
  "Il cite les élu<b>e</b>s de Paul.",
  "Il cite les avocats de Paul.",
]) {
  const page = `<html lang="fr"><head><title>Le port</title></head><body><main><article><h1>Le port</h1>
<p>${sentence}</p><p>${sentence}</p><p>${text}</p><p>${sentence}</p></article></main></body></html>`;
  const { content } = await Defuddle(page, "https://quai.example/port");
  console.log(`${text} -> ${content.replaceAll(/<[^>]*>/g, "").match(/Il cite.*?Paul\./)[0]}`);
}
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
