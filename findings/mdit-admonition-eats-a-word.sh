#!/usr/bin/env bash
# With mdit-py-plugins 0.7.0, an exclamation that begins a paragraph of Markdown loses its first word.
#
# Its plugin `admon` follows Python-Markdown's admonitions, `!!! note "Titre"`, where what is between
# the marks and the quotes are names of classes, and a title has quotes: anything else is a paragraph.
# The plugin takes the first word of any line as the class and the rest as the title: « !!! C'est nul »
# is a box « nul », of class « c'est ». The word is no text any more, and no search finds it.
#
# Expected: a paragraph, as Python-Markdown 3.10 makes of it.
#
# Seen:
# | admon: <div class="admonition c'est"><p class="admonition-title">nul ici</p></div>
# | Python-Markdown: <p>!!! C'est nul ici</p>
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check mdit-py-plugins==0.7.0 \
    markdown-it-py==4.3.0 Markdown==3.10
"$dir/venv/bin/python" - >"$dir/seen" <<'PY'
from markdown import markdown
from markdown_it import MarkdownIt
from mdit_py_plugins.admon import admon_plugin

TEXT = "!!! C'est nul ici"
print("admon:", MarkdownIt().use(admon_plugin).render(TEXT).replace("\n", ""))
print("Python-Markdown:", markdown(TEXT, extensions=["admonition"]))
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
