"""Which terms does a run of characters without white space hold?

Rules go from the surest shape to the loosest: addresses, @names, abonné·e·s, S.N.C.F., C++ first;
then numbers; then words and compounds. Texts here are `plain` (see folding), case kept, and the
offsets are theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from index.french import compounds, inclusive, numbers, shapes
from index.french.folding import plain
from index.french.lexicon import ACCENTED, DOTTED, ENDINGS, any_of
from index.french.numbers import DIGITS, GROUPED, UNIT
from index.french.patterns import late
from index.french.tokens import Token, Variant, term

_BYTES = 255
"""The longest term, in UTF-8."""
_STRETCH = 400
"""Characters read at once: no shape is longer, and a megabyte without spaces stays linear."""

_EMOJI = (
    "[\U0001f1e6-\U0001f1ff]{2}|[\u231a\u231b\u23e9-\u23fa\u25fb-\u25fe\u2600-\u27bf\u2b05-\u2b07"
    "\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\U0001f000-\U0001faff]"
)
_OPENS, _CLOSES = '«"“”„([{<*…>-', '.,;:!?…»"”)]}>*-'
_OPENING, _CLOSING = re.escape(_OPENS), re.escape(_CLOSES)
_SIMPLE = late(
    rf"[_{_OPENING}]*+((?:{compounds.ARTICLE}(?=[aeiouyh]))*+)([^\W\d_]{{1,60}}+)[{_CLOSING}]*+",
    re.IGNORECASE,
)
LAW = (
    r"(?<!\w)(?:(?:[lrd]|(?-i:A)|l\.?o)\.?\*?\d++(?:-\d++)++|(?-i:[LRDA]|LO|L\.O)\.\*?\d++(?:-\d++)*+)"
    r"(?![\w.]*\w)"
)
SERIES = (
    r"(?<!-)(?![\d-]*(?<!\d)(?:1[5-9]|20)\d\d(?!\d))(?!\d\d?-\d\d?-\d\d(?![\d-]))"
    r"\d++(?:-\d++){2,}+(?!-)"
)
"""More figures than a range has, and no date: 4-4-2, 06-12-34-56-78."""
_INCLUSIVE = rf"-(?:s|(?:{any_of(ENDINGS)})s?)(?!\w)"
_USUAL = late(
    rf"""
    [{_OPENING}]*+
    (?: (?P<number>\d++(?:\.(?!\d{{3}}(?!\d))\d++)*+)
       |(?P<name>[^\W\d_]++\d[^\W_]*+)
       |(?:{compounds.ARTICLE})*+
        (?!{LAW})(?P<group>[^\W\d_][^\W_]*+(?:(?:'|(?!{_INCLUSIVE})-)[^\W_]++)++)
    )
    [{_CLOSING}]*+
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What is met most after mere words, and has no shape but these: 790, 3.14, RTX4090, covid-19.

It spares them the tries of `_SHAPES` and `_WORDS`; a new rule about what looks so must leave here.
"""
_SHAPES = late(
    rf"""
    (?P<url>(?:https?|ftp)://[^\s<>"«»]++|(?<![\w.])www\.[^\s<>"«»]++)
   |(?P<mail>(?<![\w.+-])[^\W_][\w.+-]*+@[^\W_](?:[\w-]|\.(?=\w))*+)
   |(?P<mention>(?<!\w)@[^\W_]\w*+(?:[.-]\w++)*+)
   |(?P<hashtag>(?<![\w&])\#\d*+[^\W\d]\w*+)
   |(?P<law>{LAW})
   |(?P<inclusive>{inclusive.pattern(ENDINGS)})
   |(?P<acronym>(?<![\w.])(?:[^\W\d_]\.)
      (?:(?:-?[^\W\d_]\.)++(?:[^\W\d_](?!\w))?|[^\W\d_](?![\w.])))
   |(?P<censored>(?<![\w*])[^\W\d_]++\*++[^\W\d_]++(?:\*++[^\W\d_]++)*+(?![\w*]))
   |(?P<code>(?<!\w)[^\W\d_][^\W_]*+(?:\+\+(?!\+)|[+\#](?![\w+\#]))
     |(?<![\w.])\.(?:{any_of(DOTTED)})(?!\w))
   |(?P<emoji>(?-i:{_EMOJI}))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SHAPED = late(
    rf"[@#·/(.+*_]|(?<!\w)[lrda]o?\*?\d++-|(?-i:[^\x00-\u218f])|{_INCLUSIVE}", re.IGNORECASE
)
"""What every shape has: without it, words are all there is."""

_WORDS = late(
    rf"""
    (?P<article>(?<!\w){compounds.ARTICLE}'*+)
   |(?P<hour>(?<![\w:])\d{{1,2}}:\d\d(?![\w:]))
   |(?P<version>(?<![\w.])(?:[^\W\d_]++\d++(?:\.\d++)++|pm\d,\d|{SERIES})(?!\w))
   |(?P<ordinal>(?<!\w)(?:{GROUPED}|\d++)(?:i?e(?:me)?|ere|re|er|nde?)s?(?!\w))
   |(?P<quantity>(?<!\w)(?:(?:us|ca|c)?[$£€¥])?+{DIGITS}(?:(?:{UNIT})(?:\d{{1,2}}(?:{UNIT})?){{0,2}})?(?!\w))
   |(?P<degree>(?<!\w)n°)
   |(?P<symbol>(?<!\w)(?:k|m|mds?|mrds?|us|ca|c)?[€$£¥]|[%‰§]|°[cf](?!\w))
   |(?P<run>[^\W_]++(?:(?:['.&-]|_+)[^\W_]++)*+)
    """,
    re.IGNORECASE | re.VERBOSE,
)


# A letter is two at most once plain, and a mere word sixty.
_SHORT = 30


_CHUNK = late(r"\S+")


def chunk_starts(text: str) -> list[int]:
    """Return where each chunk of a text begins: what stands between white space.

    >>> chunk_starts("Elle est née.")
    [0, 5, 9]
    """
    return [match.start() for match in _CHUNK.finditer(text)]


def bared(chunk: str) -> str:
    """A mere word without the punctuation around it; anything else as it is.

    >>> bared("«Marché»,"), bared("l'avion,"), bared("C++,"), bared("(…)")
    ('Marché', "l'avion,", 'C++,', '(…)')
    """
    bare = chunk.lstrip(_OPENS).rstrip(_CLOSES)
    return bare if bare.isalpha() and len(bare) <= _SHORT and plain(bare).isalpha() else chunk


Simple = tuple[str, int, int]
"""A mere word, folded, and where it stands in the plain text."""


def simple(text: str) -> Simple | None:
    """The one term of plain text that is a mere word between punctuation; None for the rest.

    >>> simple("«L'avion,"), simple("red-team")
    (('avion', 3, 8), None)
    """
    match = _SIMPLE.fullmatch(text)
    if match is None or compounds.odd(match[2]):
        return None
    word = match[2].casefold()
    return None if compounds.century(word) else (word, match.start(2), match.end(2))


def accented(chunk: str, text: str, word_span: Simple | None) -> Variant | None:
    """A mere word with its accents, where they alone tell it from another; None for the rest.

    `text` is the plain text of `chunk`, and `word_span` what is `simple` in it; offsets are the
    text's. That marché is not marche, nor sûr sur, is a preference: both are found, the one typed
    first; so it is no other way to write the word, but a `part` of what is written.

    >>> accented("«Marché,", "«Marche,", simple("«Marche,")).form
    'marché'
    >>> accented("Forêts", "Forets", simple("Forets")).form
    'forêts'
    >>> accented("père", "pere", simple("pere"))
    """
    if word_span is None or text is chunk:
        return None
    composed = unicodedata.normalize("NFC", chunk)
    if len(composed) != len(text):  # a ligature, a soft hyphen
        return None
    word, start, end = word_span
    form = composed[start:end].lower()
    distinct = form.endswith(_PARTICIPLE) or word in ACCENTED or word.removesuffix("s") in ACCENTED
    if not distinct or form == word:
        return None
    if any(len(plain(letter)) != 1 for letter in composed):  # a ligature and a soft hyphen
        return None
    return Variant(form, "", start, end, part=True)


_PARTICIPLE = ("é", "ée", "és", "ées")


CAPITALS = frozenset("AY")
"""Letters that name something as capitals, and are words otherwise."""


def capital(chunk: str, text: str, word_span: Simple | None) -> Variant | None:
    """The capital that stands alone: vitamine A, and no « il a »; None for the rest.

    `text` is the plain text of `chunk`, and `word_span` what is `simple` in it, as for `accented`.

    >>> capital("A,", "A,", simple("A,")).form, capital("À", "A", simple("A"))
    ('A', None)
    """
    if word_span is None:
        return None
    _, start, end = word_span
    letter = text[start:end]
    if letter not in CAPITALS or letter not in unicodedata.normalize("NFC", chunk):
        return None
    return Variant(letter, "", start, end, part=True)


def terms(text: str) -> list[Token]:
    """The terms of plain text without white space, emojis included, in order.

    >>> [token.exact for token in terms("l'Arc-en-ciel,")]
    ['arc', 'en', 'ciel']
    """
    match = _SIMPLE.fullmatch(text)
    if match:
        forms_of_both = inclusive.capitals(match[2], ENDINGS) if compounds.odd(match[2]) else ()
        if forms_of_both:
            return shapes.of_both_genders(forms_of_both, *match.span(2))
        return [compounds.word(match[2], match.start(2), "elision" if match[1] else "word")]
    if len(text) < _BYTES // 4:
        if match := _USUAL.fullmatch(text):
            kind = match.lastgroup or ""
            if kind == "number":
                return numbers.formed(text, [term(match[kind], *match.span(kind), kind)])
            return compounds.run(match[kind], match.start(kind))
        tokens = inclusive.someone(list(_shapes(text, 0, len(text))))
        return numbers.formed(text, tokens) if tokens else tokens
    return [
        piece
        for start, end in _stretches(text)
        for token in _shapes(text, start, end)
        for piece in _bounded(token)
    ]


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > _STRETCH:
        cut = max(text.rfind(sign, start, start + _STRETCH) for sign in ",;|/") + 1
        cut = cut or start + _STRETCH
        yield start, cut
        start = cut
    yield start, len(text)


def _shapes(text: str, start: int, end: int) -> Iterator[Token]:
    shaped = _SHAPED.search(text, start, end)
    for match in _SHAPES.finditer(text, start, end) if shaped else ():
        tokens = _SHAPE[match.lastgroup or ""](match[0], match.start())
        if tokens:
            if start < match.start():
                yield from _words(text, start, match.start())
            yield from tokens
            start = match.end()
    yield from _words(text, start, end)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    article = None
    for match in _WORDS.finditer(text, start, end):
        if match.lastgroup == "article":
            article = match
            continue
        tokens = _WORD[match.lastgroup or ""](match[0], match.start())
        if article and article.end() == match.start():
            tokens[0] = compounds.after_article(article[0], article.start(), tokens[0])
        article = None
        yield from tokens


def _bounded(token: Token) -> Iterator[Token]:
    """The token, cut where its terms would be too long for an engine."""
    if _fits(token.exact):
        yield token._replace(variants=tuple(v for v in token.variants if _fits(v.form)))
        return
    size = _BYTES // 4
    for at in range(0, len(token.exact), size):
        piece = token.exact[at : at + size]
        # the form may be longer than what is written: ß is ss
        start = min(token.start + at, token.end - 1)
        yield Token(start, min(start + size, token.end), piece, piece, (), token.rule)


def _fits(form: str) -> bool:
    return len(form) <= _BYTES // 4 or len(form.encode()) <= _BYTES


_Rule = Callable[[str, int], list[Token]]
_SHAPE: dict[str, _Rule] = {
    rule.__name__: rule
    for rule in (
        shapes.url, shapes.mail, shapes.mention, shapes.hashtag,
        shapes.law, shapes.inclusive, shapes.acronym, shapes.code, shapes.censored, shapes.emoji,
    )
}  # fmt: skip
_WORD: dict[str, _Rule] = {
    rule.__name__: rule
    for rule in (
        numbers.hour, numbers.version, numbers.ordinal, numbers.quantity,
        numbers.degree, numbers.symbol, compounds.run,
    )
}  # fmt: skip
