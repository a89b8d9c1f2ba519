#!/usr/bin/env bash
# fast-xml-parser 5.12.1 makes numbers of the names and words of comments, within CDATA too.
#
# A WordPress export (WXR) holds what readers wrote in CDATA. A text that looks like a number becomes
# one, with `new XMLParser()` as its README reads: a pseudonym 1e3 is 1000, 007 is 7 and 0x1F is 31, a
# telephone number loses its first zero and a price its last. The comment that answers with letters
# stays a text, so that a member changes its type from one comment to the next.
#
# Expected: the characters between the marks, as XML has no other type, and above all in CDATA.
#
# Seen (what the export has, then what is given):
# | "1e3" wrote "0612345678" -> 1000 wrote 612345678
# | "007" wrote "12.50" -> 7 wrote 12.5
# | "0x1F" wrote "2.0" -> 31 wrote 2
# | "Zoé" wrote "En 1984 ?" -> "Zoé" wrote "En 1984 ?"
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts fast-xml-parser@5.12.1
(cd "$dir" && node --input-type=module -) >"$dir/seen" <<'JS'
import { XMLParser } from "fast-xml-parser";

const COMMENTS = [
  ["1e3", "0612345678"],
  ["007", "12.50"],
  ["0x1F", "2.0"],
  ["Zoé", "En 1984 ?"],
];
const comments = COMMENTS.map(
  ([author, text], number) => `<wp:comment><wp:comment_id>${number}</wp:comment_id>
<wp:comment_author><![CDATA[${author}]]></wp:comment_author>
<wp:comment_content><![CDATA[${text}]]></wp:comment_content></wp:comment>`,
);
const parsed = new XMLParser().parse(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Le Quai</title>
<item><title>La criée ferme</title>${comments.join("\n")}</item></channel></rss>`);
const shown = (values) => values.map((value) => JSON.stringify(value)).join(" wrote ");
parsed.rss.channel.item["wp:comment"].forEach((comment, number) => {
  const { "wp:comment_author": author, "wp:comment_content": text } = comment;
  console.log(`${shown(COMMENTS[number])} -> ${shown([author, text])}`);
});
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
