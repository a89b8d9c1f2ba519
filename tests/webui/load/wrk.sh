#!/usr/bin/env bash
# Is wrk here for the load trial? On Debian, as root, it is installed.
set -euo pipefail
if command -v wrk >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends wrk >/dev/null
else
    echo "wrk n’est pas installé : l’essai de charge sera sauté." >&2
fi
