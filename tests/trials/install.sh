#!/bin/sh
# strace, with which the trials cut and record a commit's system calls.
command -v strace >/dev/null && exit 0
[ "$(id -u)" = 0 ] || { echo "strace is missing: install it with the system's packages" >&2; exit 1; }
apt-get -qq update && apt-get -qq install -y --no-install-recommends strace
