#!/usr/bin/env bash
# Is Chromium here for the browser tests? On Debian, as root, it is installed; elsewhere the
# tests that need it say that they were skipped.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
else
    echo "Chromium n’est pas installé : les tests du navigateur seront sautés." >&2
fi
