#!/usr/bin/env bash
# pysbd 0.3.4 makes three sentences of « J.-B. Renard est venu. »
#
# French abbreviates a double first name (Jean-Baptiste) with a hyphen between its initials. A single initial is
# known, « A. Martin », and so are « M. » and « S.N.C.F. »; but not one that a hyphen follows or precedes, neither with
# the rules of French nor with those of English. A summary or a snippet of one sentence ends at « J. »
#
# Expected: one sentence, as for « A. Martin est venu. »
#
# Seen (sentences parted by « / »):
# | J.-B. Renard est venu. -> J. / -B. / Renard est venu.
# | M. J.-P. Durand a écrit. -> M. J. / -P. / Durand a écrit.
# | Charles-E. Renard est venu. -> Charles-E. / Renard est venu.
# | A. Martin est venu. -> A. Martin est venu.
# | M. A. Martin est venu. -> M. A. Martin est venu.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check pysbd==0.3.4
"$dir/venv/bin/python" -W ignore - >"$dir/seen" <<'PY'
import pysbd

segmenter = pysbd.Segmenter(language="fr", clean=False)
for text in [
    "J.-B. Renard est venu.",
    "M. J.-P. Durand a écrit.",
    "Charles-E. Renard est venu.",
    "A. Martin est venu.",
    "M. A. Martin est venu.",
]:
    print(text, "->", " / ".join(sentence.strip() for sentence in segmenter.segment(text)))
PY
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
