"""What is a term of a text, and where does it stand?"""

from __future__ import annotations

from typing import NamedTuple

from index.french.lexicon import MEASURES
from index.french.patterns import late
from index.french.stemming import stem

WORDED = "="
"""What the forms of a number in words begin with: figures asked exactly are not found by words."""


class Variant(NamedTuple):
    """Another form that what is written from `start` to `end` answers to: redteam for red-team.

    `part` marks a piece of it (porc in #BalanceTonPorc): a text answers to its pieces, a question
    does not ask for them. A word with its accents (marché) has no stem: that would be the word's.
    """

    form: str
    stem: str
    start: int
    end: int
    part: bool = False


class Token(NamedTuple):
    """One term. `start` and `end` are code points of the text it was read in.

    exact is folded, stem is its stem; a variant hangs on the first token of what it spans.
    (A named tuple rather than a dataclass: marking a page makes thousands.)
    """

    start: int
    end: int
    exact: str
    stem: str
    variants: tuple[Variant, ...] = ()
    rule: str = "word"

    @property
    def variant_stems(self) -> tuple[str, ...]:
        return tuple(variant.stem for variant in self.variants if variant.stem)

    def with_variants(self, *more: Variant) -> Token:
        """The same token, which answers to `more` before what it answered to."""
        return self._replace(variants=(*more, *self.variants)) if more else self

    def with_more(self, *more: Variant) -> Token:
        """The same token, which answers to `more` after what it answers to."""
        start, end, exact, stemmed, variants, rule = self
        return Token(start, end, exact, stemmed, (*variants, *more), rule)


_SAID = late(
    r"-?(?!0\d)\d{1,12}(?:\.\d{1,6})?(?:[a-z€$£¥%‰°μ][\w/]*)?|(?:\d{4}-)?\d\d-\d\d|\d{4}-\d\d|\d+/\d+"
)
_FIGURES = late(r"^[\d.-]+(?:h\d\d$)?")
_ENDINGS = frozenset({"e", "esiecle"})


def either_way(form: str) -> tuple[str, ...]:
    """A form as figures and as words give it to a text; anything else alone.

    >>> either_way("30"), either_way("=30j"), either_way("9h05"), either_way("2024-03-12")
    (('30', '=30'), ('30j', '=30j'), ('9h05', '=9h05'), ('2024-03-12', '=2024-03-12'))
    >>> either_way("chat"), either_way("4o"), either_way("0123456789"), either_way("=")
    (('chat',), ('4o',), ('0123456789',), ('=',))
    """
    figures = form.removeprefix(WORDED)
    if not _SAID.fullmatch(figures):
        return (form,)
    unit = _FIGURES.sub("", figures)
    is_said = unit in _ENDINGS or unit in MEASURES or not unit[:1].isalpha()
    return (figures, WORDED + figures) if is_said else (form,)


def term(form: str, start: int, end: int, rule: str, *variants: Variant) -> Token:
    """A token whose stem is that of its form.

    >>> term("avions", 2, 8, "elision").stem
    'avion'
    """
    return Token(start, end, form, stem(form), variants, rule)


def variant(form: str, start: int, end: int, part: bool = False) -> Variant:
    # a number in words has its value in the bag of forms: stems are counted in a text's length
    return Variant(form, "" if form.startswith(WORDED) else stem(form), start, end, part)
