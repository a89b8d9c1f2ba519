#!/usr/bin/env bash
# Are the programs here that some tests need? On Debian, as root, they are installed; elsewhere
# the tests that need one say that they were skipped, and this says what to install.
#   Chromium, Firefox: the page in a browser. LibreOffice: the tables in a spreadsheet.
#   nginx, Apache, Caddy: behind a proxy. strace: cuts between system calls.
#   systemd: the units. groff: the manual page. zsh, fish: their completion.
set -euo pipefail

here() { for name in "$@"; do command -v "$name" >/dev/null && return 0; done; return 1; }

missing=()
here chromium chromium-browser google-chrome || missing+=(chromium fonts-dejavu-core)
here firefox-esr firefox || missing+=(firefox-esr)
here soffice libreoffice || missing+=(libreoffice-calc-nogui)
here nginx || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
here apache2 || [ -x /usr/sbin/apache2 ] || missing+=(apache2-bin)
here caddy || missing+=(caddy)
here strace || missing+=(strace)
here systemd-analyze || missing+=(systemd)
here groff || missing+=(groff)
here zsh || missing+=(zsh)
here fish || missing+=(fish)
[ ${#missing[@]} = 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # a policy that starts nothing: nginx is run by its tests, never by the system
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
        trap 'rm -f "$policy"' EXIT
    fi
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
    echo "Ne sont pas installés : ${missing[*]}. Les tests qui en ont besoin seront sautés." >&2
fi
