#!/usr/bin/env bash
# With pagefind 1.6.0 in French, « avocat » does not find « l’avocat », nor « été » « l’été ».
#
# Pagefind reads the language of a page and stems its words in French, but takes what stands between two
# spaces for a word, without its apostrophe: « l’avocat » is indexed as « lavocat ». Every noun that begins with a
# vowel is so two words, or more: avocat, l’avocat, d’avocat, qu’avocat. Only the one that is asked for
# is found. English has no such words, and « don’t » loses nothing by it.
#
# Expected: an article that is elided is an article, as « le » is.
#
# Seen (a question, then the pages that it finds):
# | avocat: Un avocat parle
# | avocats: Un avocat parle
# | l’avocat: Le mot de l’avocat
# | lavocat: Le mot de l’avocat
# | école: nothing
# | d’école: Une porte d’école
# | porte: Une porte d’école
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts pagefind@1.6.0
(cd "$dir" && node --input-type=module -) >"$dir/seen" <<'JS'
import { readFile, rename } from "node:fs/promises";
import { createIndex } from "pagefind";

const texts = ["Un avocat parle", "Le mot de l’avocat", "Une porte d’école"];
const { index } = await createIndex();
for (const [number, text] of texts.entries())
  await index.addHTMLFile({
    sourcePath: `${number}.html`,
    content: `<!DOCTYPE html><html lang="fr"><head><title>Page</title></head><body><p>${text}</p></body></html>`,
  });
await index.writeFiles({ outputPath: "site" });

// the program that a page runs, whose files come from the folder, not from a server
globalThis.fetch = async (address) => new Response(await readFile(`site/${String(address).split("/site/")[1].split("?")[0]}`));
await rename("site/pagefind.js", "site/pagefind.mjs");
const pagefind = await import(`${process.cwd()}/site/pagefind.mjs`);
await pagefind.options({ basePath: "/site/", baseUrl: "/" });
globalThis.document = { querySelector: () => ({ getAttribute: () => "fr" }) };
for (const question of ["avocat", "avocats", "l’avocat", "lavocat", "école", "d’école", "porte"]) {
  const { results } = await pagefind.search(question);
  const pages = await Promise.all(results.map((result) => result.data()));
  const found = pages.map(({ url }) => texts[Number(url.match(/\d+/)[0])]);
  console.log(`${question}: ${found.join(" + ") || "nothing"}`);
}
process.exit();
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
