"""What did a reader leave aside, how many of each kind, and for which states?

Every reader counts in a `LeftAside` and gives its remarks last. The sentences stand here
once, so that two formats say the same thing in the same words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from indexer.reporting.report import Remark, plural, shorten


class Sentence(NamedTuple):
    """The French sentence of a kind, for one and for several."""

    singular: str
    plural: str


KINDS = {
    "unpublished_articles": Sentence(
        "article non publié laissé de côté", "articles non publiés laissés de côté"
    ),
    "unpublished": Sentence(
        "commentaire non publié laissé de côté", "commentaires non publiés laissés de côté"
    ),
    "under_unpublished": Sentence(
        "commentaire d'un article non publié laissé de côté",
        "commentaires d'articles non publiés laissés de côté",
    ),
    "spam": Sentence(
        "commentaire indésirable laissé de côté", "commentaires indésirables laissés de côté"
    ),
    "pings": Sentence("rétrolien laissé de côté", "rétroliens laissés de côté"),
    "private_notes": Sentence("note privée laissée de côté", "notes privées laissées de côté"),
    "other_kinds": Sentence(
        "élément d'une autre sorte laissé de côté", "éléments d'une autre sorte laissés de côté"
    ),
    "protected": Sentence(
        "article protégé par un mot de passe, gardé par son titre",
        "articles protégés par un mot de passe, gardés par leur titre",
    ),
    "built_elsewhere": Sentence(
        "article sans texte dans l'export : il est dans un constructeur de pages qui n'est pas lu",
        "articles sans texte dans l'export : il est dans un constructeur de pages qui n'est pas lu",
    ),
    "without_text": Sentence(
        "article sans texte dans l'export, gardé par son titre",
        "articles sans texte dans l'export, gardés par leur titre",
    ),
    "no_text": Sentence(
        "page dont wallabag n'a pas pu lire le texte, gardée par son titre",
        "pages dont wallabag n'a pas pu lire le texte, gardées par leur titre",
    ),
    "deleted_threads": Sentence("fil supprimé laissé de côté", "fils supprimés laissés de côté"),
    "closed_thread": Sentence("fil de commentaires fermé", "fils de commentaires fermés"),
    "elsewhere": Sentence(
        "commentaire sous autre chose qu'un article ou une page, laissé de côté",
        "commentaires sous autre chose qu'un article ou une page, laissés de côté",
    ),
    "alone": Sentence(
        "fil de commentaires sans son article dans le fichier",
        "fils de commentaires sans leur article dans le fichier",
    ),
    "empty_entries": Sentence(
        "élément sans titre ni texte laissé de côté", "éléments vides laissés de côté"
    ),
    "mended": Sentence(
        "texte aux caractères abîmés (sociÃ©tÃ©, soci&eacute;té), lu réparé",
        "textes aux caractères abîmés (sociÃ©tÃ©, soci&eacute;té), lus réparés",
    ),
    "no_address": Sentence(
        "article sans adresse : donnez celle du blog (--site https://….blogspot.com), pour que "
        "ses pages et ses flux le rejoignent",
        "articles sans adresse : donnez celle du blog (--site https://….blogspot.com), pour que "
        "ses pages et ses flux les rejoignent",
    ),
    "signatures": Sentence(
        "signature d'une pétition, pas lue", "signatures de pétitions, pas lues"
    ),
    "orphan": Sentence("réponse à un commentaire absent", "réponses à un commentaire absent"),
    "zone": Sentence(
        "date sans décalage horaire, lue à l'heure de Paris",
        "dates sans décalage horaire, lues à l'heure de Paris",
    ),
    "date": Sentence("date pas comprise", "dates pas comprises"),
}
"""What readers count, by the stable name that programs read in a report."""
_BY_STATE = frozenset(("unpublished_articles", "unpublished"))
_OPTION = " ; voir --published"
_MOST_CHARACTERS = 200
"""Characters of the values that are shown."""


class LeftAside:
    """The account of one reading: counts by kind, and by value where a state decided.

    >>> left_aside = LeftAside()
    >>> left_aside.add("unpublished", value="pending")
    >>> left_aside.add("unpublished", value="note")
    >>> left_aside.add("orphan", 0)
    >>> [remark.message for remark in left_aside.remarks("a.csv")]
    ['2 commentaires non publiés laissés de côté (note : 1, pending : 1 ; voir --published)']
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._values: dict[str, Counter[str]] = {}
        self._offered: dict[str, set[str]] = {}

    def add(self, kind: str, count: int = 1, *, value: str = "", offered: bool = False) -> None:
        """Count some of a kind (a key of `KINDS`), with the value that told them.

        offered: whether `--published` takes them, though the kind is no state.
        """
        if kind not in KINDS:
            raise KeyError(kind)
        self._counts[kind] += count
        if value and count:
            self._values.setdefault(kind, Counter())[shorten(value, 40)] += count
            if offered:
                self._offered.setdefault(kind, set()).add(shorten(value, 40))

    def count(self, kind: str) -> int:
        """Return how many of a kind."""
        return self._counts[kind]

    def remarks(self, source: str) -> Iterator[Remark]:
        """Yield one remark per kind, in the order they were first met."""
        for kind, count in self._counts.items():
            if count > 0:
                yield Remark(kind, plural(count, *KINDS[kind]) + self._values_shown(kind), source)

    def _values_shown(self, kind: str) -> str:
        values = self._values.get(kind)
        if not values:
            return ""
        counts = shorten(
            ", ".join(f"{v} : {n}" for v, n in sorted(values.items())), _MOST_CHARACTERS
        )
        offered = set(values) if kind in _BY_STATE else self._offered.get(kind)
        if offered:
            state = min(offered)
            quoted = f'"{state}"' if " " in state else state
            counts += f" ; --published {quoted} les prend" if len(offered) == 1 else _OPTION
        return f" ({counts})"
