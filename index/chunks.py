"""Which terms does a run of characters without white space hold?

Rules go from the surest shape to the loosest: addresses, @names, abonné·e·s, S.N.C.F., C++ first;
then numbers; then words and compounds. Texts here are `plain` (see folding), case kept, and the
offsets are theirs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from index import inclusive
from index.numbers import DIGITS, canonical, ungrouped
from index.stemming import stem
from index.tokens import Token, Variant

DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("french.toml").read_text("utf-8"))
_BYTES = 255
"""The longest term, in UTF-8."""
_STRETCH = 400
"""Characters read at once: no shape is longer, and a megabyte without spaces stays linear."""

_CLITICS = frozenset(DATA["clitics"])
_LEXICAL = frozenset(DATA["lexical"])
_ENDINGS: inclusive.Endings = DATA["inclusive"]


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_ELIDED = _any(DATA["elided"])
_UNIT = _any(DATA["units"])
_EMOJI = (
    "[\U0001f1e6-\U0001f1ff]{2}|[\u231a\u231b\u23e9-\u23fa\u25fb-\u25fe\u2600-\u27bf\u2b05-\u2b07"
    "\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\U0001f000-\U0001faff]"
)

_SIMPLE = re.compile(
    rf"[«\"“”„(\[{{<'*_…>-]*+((?:(?:{_ELIDED})'(?=[aeiouyh]))*+)"
    r"([^\W\d_]{1,60}+)[.,;:!?…»\"”)\]}>*'-]*+",
    re.IGNORECASE,
)
_SHAPES = re.compile(
    rf"""
    (?P<url>(?:https?|ftp)://[^\s<>"«»]++|(?<![\w.])www\.[^\s<>"«»]++)
   |(?P<mail>(?<![\w.+-])[^\W_][\w.+-]*+@[^\W_](?:[\w-]|\.(?=\w))*+)
   |(?P<mention>(?<!\w)@[^\W_]\w*+(?:[.-]\w++)*+)
   |(?P<hashtag>(?<![\w&])\#\d*+[^\W\d]\w*+)
   |(?P<inclusive>{inclusive.pattern(_ENDINGS)})
   |(?P<acronym>(?<![\w.])(?:[^\W\d_]\.)(?:(?:[^\W\d_]\.)++(?:[^\W\d_](?!\w))?|[^\W\d_](?![\w.])))
   |(?P<code>(?<!\w)[^\W\d_][^\W_]*+(?:\+\+(?!\+)|[+\#](?![\w+\#]))
     |(?<![\w.])\.(?:{_any(DATA["dotted"])})(?!\w))
   |(?P<emoji>{_EMOJI})
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SHAPED = re.compile(
    rf"[@#·/(.+]|[^\x00-\u218f]|-(?:s|(?:{_any(_ENDINGS)})s?)(?!\w)", re.IGNORECASE
)
"""What every shape has: without it, words are all there is."""

_WORDS = re.compile(
    rf"""
    (?P<article>(?<!\w)(?:{_ELIDED})'++)
   |(?P<time>(?<![\w:])\d{{1,2}}:\d\d(?![\w:]))
   |(?P<version>(?<![\w.])[^\W\d_]++\d++(?:\.\d++)++(?!\w))
   |(?P<ordinal>(?<!\w)\d++(?:i?e(?:me)?|ere|re|er|nde?)s?(?!\w))
   |(?P<thousands>(?<!\w)[1-9]\d{{0,2}}(?:'\d{{3}})++(?!\w))
   |(?P<number>(?<!\w)[$£€]?{DIGITS}(?:(?:{_UNIT})(?:\d{{1,2}}(?:{_UNIT})?)?)?(?!\w))
   |(?P<degree>(?<!\w)n°)
   |(?P<symbol>(?<!\w)(?:k|m|mds?)?[€$£¥]|[%‰]|°[cf](?!\w))
   |(?P<run>[^\W_]++(?:(?:['.&-]|_+)[^\W_]++)*+)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PIECE = re.compile(r"\d+(?:\.\d+)+(?![^\W_])|[^\W_]+(?:'[^\W_]+)*")
_ARTICLES = re.compile(rf"(?:(?:{_ELIDED})')+", re.IGNORECASE)
_QUANTITY = re.compile(rf"{DIGITS}|[^\d.,]+")
_ADDRESS = re.compile(r"(?:\w+://)?(?:www\.)?(?P<rest>.*?)[.,;:!?…'\"”»)\]}*]*$", re.IGNORECASE)
_ADDRESS_WORD = re.compile(r"(?:%[0-9a-f]{2}|[\W_])*([^\W_]+)", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+")
_NAME_AND_NUMBER = re.compile(r"([^\W\d_]{3,})(\d+)")
_CENTURY = re.compile(r"(?!vies?$)(x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3})e(?:me)?s?")
_SENTENCES = re.compile(r"[^\W\d_]*[a-z]\.[A-Z][a-z]+")


def simple(text: str) -> str | None:
    """The one term of plain text that is a mere word between punctuation; None for the rest.

    >>> simple("«L'avion,"), simple("red-team")
    ('avion', None)
    """
    match = _SIMPLE.fullmatch(text)
    word = match[2].casefold() if match else None
    return None if word is None or _CENTURY.fullmatch(word) else word


def terms(text: str) -> list[Token]:
    """The terms of plain text without white space, emojis included, in order.

    >>> [token.exact for token in terms("l'Arc-en-ciel,")]
    ['arc', 'en', 'ciel']
    """
    match = _SIMPLE.fullmatch(text)
    if match:
        return [_word(match[2], match.start(2), "elision" if match[1] else "word")]
    if len(text) < _BYTES // 4:
        return list(_shapes(text, 0, len(text)))
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
        found = _SHAPE[match.lastgroup or ""](match[0], match.start())
        if found:
            yield from _words(text, start, match.start())
            yield from found
            start = match.end()
    yield from _words(text, start, end)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    article = None
    for match in _WORDS.finditer(text, start, end):
        kind = match.lastgroup or ""
        if kind == "article":
            article = match
            continue
        found = _WORD[kind](match[0], match.start())
        if article and article.end() == match.start():
            found[0] = _after_article(article[0], article.start(), found[0])
        article = None
        yield from found


def _after_article(article: str, start: int, token: Token) -> Token:
    if token.rule != "word":
        return token
    token = token._replace(rule="elision")
    if token.exact[0] in "aeiouyh":
        return token
    # No article is elided before a consonant: N'Golo, M'Bappé are names, written in one piece too.
    joined = article.rstrip("'").casefold() + token.exact
    return token._replace(variants=(*token.variants, _variant(joined, start, token.end)))


def _bounded(token: Token) -> Iterator[Token]:
    """The token, cut where its terms would be too long for an engine."""
    if len(token.exact) <= _BYTES // 4 or len(token.exact.encode()) <= _BYTES:
        yield token._replace(variants=tuple(v for v in token.variants if _fits(v.form)))
        return
    size = _BYTES // 4
    for at in range(0, len(token.exact), size):
        piece = token.exact[at : at + size]
        start = min(token.start + at, token.end)
        yield Token(start, min(start + size, token.end), piece, piece, (), token.rule)


def _fits(form: str) -> bool:
    return len(form) <= _BYTES // 4 or len(form.encode()) <= _BYTES


def _token(form: str, start: int, end: int, rule: str, *variants: Variant) -> Token:
    return Token(start, end, form, stem(form), variants, rule)


def _variant(form: str, start: int, end: int, part: bool = False) -> Variant:
    return Variant(form, stem(form), start, end, part)


# Words


def _word(written: str, start: int, rule: str = "word") -> Token:
    form, end = written.casefold(), start + len(written)
    century = _CENTURY.fullmatch(form)
    if century:  # XXIe, XXIème: « vie » is the one word that looks like one
        form = century[1] + "e"
        return Token(start, end, form, form, (), "ordinal")
    parts = _NAME_AND_NUMBER.fullmatch(form)
    names = [_variant(part, start, end, part=True) for part in parts.groups()] if parts else []
    return _token(form, start, end, rule, *names)


def _apostrophe(written: str, start: int) -> Token:
    """A word that keeps its apostrophe: one term without it, and for a name its parts."""
    end = start + len(written)
    first, *_ = parts = written.casefold().split("'")
    if first in _LEXICAL:
        parts = []
    names = [_variant(part, start, end, part=True) for part in parts if len(part) > 1]
    return _token(written.replace("'", "").casefold(), start, end, "apostrophe", *names)


def _run(written: str, start: int, rule: str = "compound") -> list[Token]:
    """A word, or several joined by hyphens, points, & or _."""
    found = []
    for match in _PIECE.finditer(written):
        piece, at = match[0], match.start()
        article = _ARTICLES.match(piece) if at else None  # main-d'œuvre
        if article and article.end() < len(piece):
            piece, at = piece[article.end() :], at + article.end()
        found.append(_apostrophe(piece, start + at) if "'" in piece else _word(piece, start + at))
    if len(found) == 1:
        return found if rule == "compound" else [found[0]._replace(rule=rule)]
    found = [token._replace(rule=rule) for token in found]
    if len(found) <= 6 and found[-1].exact not in _CLITICS and not _SENTENCES.fullmatch(written):
        forms = [re.sub(r"[\W_]", "", written)]
        if "&" in written or "_" in written:
            forms.append(written)
        joined = [_variant(form.casefold(), start, start + len(written)) for form in forms]
        found[0] = found[0]._replace(variants=(*joined, *found[0].variants))
    return found


# Numbers


def _number(written: str, start: int) -> list[Token]:
    found: list[Token] = []
    whole = ""
    for match in _QUANTITY.finditer(written):
        at, form = start + match.start(), match[0].casefold()
        forms = canonical(form) if form[0].isdigit() else (form,)
        rule = "number" if form[0].isdigit() else "symbol"
        for digits in forms:
            size = len(digits) if len(forms) > 1 else len(form)
            found.append(_token(digits, at, at + size, rule))
            at += size + 1
        whole += ungrouped(form) or (forms[0] if len(forms) == 1 else form)
    if not written[0].isdigit():  # $10 is 10$
        whole = whole[1:] + whole[0]
    elif len(found) > 1 and found[1].exact in _LETTER_UNITS:
        found[1] = found[1]._replace(rule="number")
    joined = [] if whole == found[0].exact or "," in whole else [whole]
    plain_digits = ungrouped(_QUANTITY.findall(written)[0])
    if plain_digits and plain_digits != whole:
        joined.insert(0, plain_digits)
    variants = tuple(_variant(form, start, start + len(written)) for form in joined)
    found[0] = found[0]._replace(variants=variants)
    return found


_LETTER_UNITS = frozenset(unit for unit in DATA["units"] if unit.isalpha())


def _thousands(written: str, start: int) -> list[Token]:
    found = [
        _token(match[0], start + match.start(), start + match.end(), "number")
        for match in re.finditer(r"\d+", written)
    ]
    joined = _variant(written.replace("'", ""), start, start + len(written))
    return [found[0]._replace(variants=(joined,)), *found[1:]]


def _time(written: str, start: int) -> list[Token]:
    """10:38 is read as 10h38."""
    hours, minutes = written.split(":")
    colon, end = start + len(hours), start + len(written)
    joined = _variant(f"{hours}h{minutes}", start, end)
    return [
        _token(hours, start, colon, "number", joined),
        _token("h", colon, colon + 1, "number"),
        _token(minutes, colon + 1, end, "number"),
    ]


def _version(written: str, start: int) -> list[Token]:
    name = re.match(r"[^\W\d_]+", written)
    size, end = len(name[0]) if name else 0, start + len(written)
    form = written.casefold()
    if size == 1 and form[0] == "v":
        return [_token(form, start, end, "version", _variant(form[1:], start, end))]
    joined = _variant(form, start, end)
    return [
        _token(form[:size], start, start + size, "compound", joined),
        _token(form[size:], start + size, end, "version"),
    ]


def _ordinal(written: str, start: int) -> list[Token]:
    digits = re.sub(r"\D", "", written)
    ending = written[len(digits) :].casefold().removesuffix("s")
    form = digits + {"er": "er", "re": "re", "ere": "re"}.get(ending, "e")
    first = "1er" if digits == "1" else form
    return [Token(start, start + len(written), form, first, (), "ordinal")]


def _degree(written: str, start: int) -> list[Token]:
    end = start + len(written)
    return [_token("n°", start, end, "symbol", _variant("numero", start, end))]


def _symbol(written: str, start: int) -> list[Token]:
    return [_token(written.casefold(), start, start + len(written), "symbol")]


# Shapes


def _url(written: str, start: int) -> list[Token]:
    match = _ADDRESS.match(written)
    begin, end = match.span("rest") if match else (0, len(written))
    found = [
        _token(word[1].casefold(), start + word.start(1), start + word.end(1), "url")
        for word in _ADDRESS_WORD.finditer(written, begin, end)
    ]
    whole = _variant(written[begin:end].rstrip("/").casefold(), start, start + end)
    return [found[0]._replace(variants=(whole,)), *found[1:]] if found else []


def _mail(written: str, start: int) -> list[Token]:
    found = [
        _token(word[0].casefold(), start + word.start(), start + word.end(), "mail")
        for word in re.finditer(r"[^\W_]+", written)
    ]
    whole = _variant(written.casefold(), start, start + len(written))
    return [found[0]._replace(variants=(whole,)), *found[1:]]


def _mention(written: str, start: int) -> list[Token]:
    found = _run(written[1:], start + 1, "mention")
    whole = _variant(written.casefold(), start, start + len(written))
    found[0] = found[0]._replace(variants=(whole, *found[0].variants))
    return found


def _hashtag(written: str, start: int) -> list[Token]:
    end = start + len(written)
    tag = written[1:].strip("_")
    words = [word.casefold() for word in _CAPITALS.findall(tag)]
    parts = [_variant(word, start, end, part=True) for word in words if len(words) > 1]
    whole = _variant("#" + tag.casefold(), start, end)
    return [_token(tag.casefold(), start, end, "hashtag", whole, *parts)]


def _inclusive(written: str, start: int) -> list[Token]:
    end = start + len(written)
    forms = inclusive.forms(written.casefold(), _ENDINGS)
    if not forms:
        return []
    others = [_variant(form, start, end) for form in forms[1:]]
    return [_token(forms[0], start, end, "inclusive", *others)]


def _acronym(written: str, start: int) -> list[Token]:
    form = written.replace(".", "").casefold()
    return [_token(form, start, start + len(written), "acronym")]


def _code(written: str, start: int) -> list[Token]:
    form, end = written.casefold(), start + len(written)
    name = form.strip(".+#")
    # « canal » finds Canal+, but C++ and C# are not C
    names = [_variant(name, start, end, part=True)] if len(name) > 2 else []
    return [_token(form, start, end, "code", *names)]


def _emoji(written: str, start: int) -> list[Token]:
    return [Token(start, start + len(written), written, written, (), "emoji")]


_Rule = Callable[[str, int], list[Token]]
_SHAPE: dict[str, _Rule] = {
    "url": _url, "mail": _mail, "mention": _mention, "hashtag": _hashtag,
    "inclusive": _inclusive, "acronym": _acronym, "code": _code, "emoji": _emoji,
}  # fmt: skip
_WORD: dict[str, _Rule] = {
    "time": _time, "version": _version, "ordinal": _ordinal, "thousands": _thousands,
    "number": _number, "degree": _degree, "symbol": _symbol, "run": _run,
}  # fmt: skip
