#!/usr/bin/env bash
# @extractus/feed-extractor 8.0.3 gives all the comments of an article one and the same address.
#
# In the comments feed of WordPress and others, an item's <link> is the article's address with the
# comment's anchor: …/criee/#comment-7. The anchor is taken off, together with what counts visits
# (`utm_source`), even with `normalization: false`. Without <guid> the `id` is made of this address and the
# date, so that two comments of the same second, or of none, are one entry.
#
# Expected: the address that the feed gives, whose anchor says which comment it is.
#
# Seen (the item's link and whether it has a <guid>, then the link and the id given):
# | https://quai.example/criee/#comment-7 with guid -> https://quai.example/criee/, id is the guid
# | https://quai.example/criee/#comment-8 with guid -> https://quai.example/criee/, id is the guid
# | https://quai.example/criee/#comment-7 without -> https://quai.example/criee/, id as for comment-7
# | https://quai.example/criee/#comment-8 without -> https://quai.example/criee/, id as for comment-7
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts @extractus/feed-extractor@8.0.3
(cd "$dir" && node --input-type=module -) >"$dir/seen" <<'JS'
import { extractFromXml } from "@extractus/feed-extractor";

const LINK = "https://quai.example/criee/#comment-";
const GUID = "https://quai.example/?p=3#comment-";
for (const guid of [true, false]) {
  const items = [7, 8].map(
    (number) => `<item><title>Par : Paul</title><link>${LINK}${number}</link>
<pubDate>Wed, 03 May 2023 08:00:00 +0200</pubDate>${guid ? `<guid isPermaLink="false">${GUID}${number}</guid>` : ""}
<description>Réponse ${number}</description></item>`,
  );
  const { entries } = extractFromXml(`<rss version="2.0"><channel><title>Commentaires sur : La criée ferme</title>
<link>https://quai.example/criee/</link><description>Le Quai</description>${items.join("")}</channel></rss>`);
  for (const { id, link, description } of entries) {
    const number = description.match(/\d+/)[0];
    const same = entries.find((entry) => entry.id === id).description.match(/\d+/)[0];
    const made = id === GUID + number ? "id is the guid" : `id as for comment-${same}`;
    console.log(`${LINK}${number} ${guid ? "with guid" : "without"} -> ${link}, ${made}`);
  }
}
JS
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
