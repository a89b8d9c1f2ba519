"""How does the documentation's own search read French?

Sphinx stems French words as they are written, so that `evenement` does not find « événement ». Here
accents and ligatures go first, on the page and in the question, as Glose itself does.
"""

from __future__ import annotations

import unicodedata
from importlib.resources import files
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.fr import SearchFrench

_SPHINX = files("sphinx") / "search" / "minified-js"

_STEMMER = """
class Stemmer {
  constructor() { this.french = new FrenchStemmer(); }
  stemWord(word) {
    const bare = word.normalize("NFD").replace(/\\p{Mn}/gu, "");
    return this.french.stemWord(bare.replaceAll("œ", "oe").replaceAll("æ", "ae"));
  }
}
window.Stemmer = Stemmer;
"""


class Folded(SearchFrench):
    """French, its accents folded before its stems."""

    js_stemmer_rawcode = ""
    js_stemmer_code = "\n".join(
        [
            (_SPHINX / "base-stemmer.js").read_text("utf-8"),
            (_SPHINX / "french-stemmer.js").read_text("utf-8"),
            _STEMMER,
        ]
    )

    def stem(self, word: str) -> str:
        """Return the stem that the page's script finds for the same word.

        >>> Folded({}).stem("Événements") == Folded({}).stem("evenement")
        True
        """
        bare = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not _mark(c))
        return super().stem(bare.replace("œ", "oe").replace("æ", "ae"))


def _mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_search_language(Folded)
    return {"parallel_read_safe": True}
