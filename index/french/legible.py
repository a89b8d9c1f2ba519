"""What in a text is no part of its words: a stray tag, a call of note, the cut at a line's end?

Everything here keeps the length of a text, so that offsets stay those of what was given: a tag
within a line and what cuts a word give way to characters that no reading sees, a tag that parts
lines to spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from index.french.folding import plain
from index.french.lexicon import CLITICS, LEXICAL, any_of
from index.french.number_words import SPELT
from index.french.patterns import late

UNSEEN = "\u200b"
"""What stands where a tag within a word, or a call of note, was."""
CUT = "\u00ad\u2060"
"""What stands where a line's end cut a word."""

_INLINE = "b|i|u|s|em|strong|span|font|a|small|big|sub|sup|tt|code|abbr|cite|q|mark|del|ins|strike"
_BLOCK = "br|p|div|li|ul|ol|tr|td|th|table|tbody|h[1-6]|hr|blockquote|pre|center|section|img"
_HTML = late(rf"<(?:/?(?:(?P<inline>{_INLINE})|{_BLOCK})(?:\s[^<>]{{0,400}})?/?)>", re.IGNORECASE)
_INLINE_BB = "b|i|u|s|url|color|size|font|email|sup|sub|strike|highlight"
_BLOCK_BB = (
    "quote|code|list|li|img|center|left|right|justify|spoiler|video|youtube|media|table|tr|td|hr"
)
_BBCODE = late(
    rf"\[(?:/?(?:(?P<inline>{_INLINE_BB})|{_BLOCK_BB})(?:=[^\]\n]{{0,400}})?|\*)\]", re.IGNORECASE
)
# A call of note is after a word, or a year; m² and km³ are units.
_CALLED = r"(?:(?<=[^\W\d_]{3})|(?<=\d{4}))(?<!dam)"
_CALL = late(rf"{_CALLED}[⁰¹²³⁴-⁹]+(?:,[⁰¹²³⁴-⁹]+)*(?![^\W_])")
_NUMBER = r"(?:\^?\d{1,3}|[a-z]|[*†])"
_BRACKETED = late(
    # the sign first: what is looked for from behind is tried everywhere
    r"\[(?:(?<=[^\W\d_]{3}\[)|(?<=\d{4}\[)|(?<=[.,;:!?»”\]]\[))"
    rf"(?:{_NUMBER}|(?:N|note) {_NUMBER}|réf\. nécessaire)\](?![(:\w])",
    re.IGNORECASE,
)
_TAGGED = late(
    r"<(?:(?<=[^\W\d_]{3}<)|(?<=\d{4}<))(?<!dam<)"
    rf"(?:sup|a\s+href=\W?#[^<>]{{0,80}})>[\[(]?{_NUMBER}[\])]?</(?:sup|a)>",
    re.IGNORECASE,
)
_DASHES = "‐‑‒–—−\u00ad¬"
_ENDS = tuple(dash + end for dash in _DASHES for end in ("\n", " \n", "\r"))
_LINE_END = late(
    rf"(?<!\w)(?P<head>(?:\w{{1,6}}['’])?[^\W\d_]{{2,60}}+)"
    rf"(?P<cut>[-{_DASHES}](?:[ \t]?\r?\n){{1,2}}[ \t]*+)"
    r"(?P<tail>(?P<letters>[a-z]{1,3}['’])?(?:[a-zà-öø-ÿœ]{2,60}+|[A-ZÀ-ÖØ-ÞŒ]{2,60}+))(?!\w)"
)
_CUT_WORD = late(r"(?<=[^\W\d_])¬(?=[a-zà-öø-ÿœ])")
# What a hyphen joins at a line's end as anywhere: dit-il, peut-être, lui-même, celui-là.
_HYPHENED = late(rf"{any_of([*CLITICS, 'là', 'être', 'même', 'mêmes', 'dire', 'vous'])}")


def legible(text: str) -> str:
    r"""The text with its words as they are meant; it has the same length.

    >>> legible("le [i]four[/i] ferme").replace("\u200b", "")
    'le four ferme'
    >>> legible("La ver-\nrerie") == "La ver\u00ad\u2060rerie"
    True
    >>> legible("dit-\nil, a < b")
    'dit-\nil, a < b'
    """
    return _composed(text, _legible)


def _legible(text: str) -> str:
    if ">" in text and "<" in text:
        text = _TAGGED.sub(_unseen, text) if "#" in text or "sup" in text else text
        text = _HTML.sub(_removed, text)
    if "]" in text and "[" in text:
        text = _BRACKETED.sub(_unseen, _BBCODE.sub(_removed, text))
    if "¬" in text:
        # what scanned pages have for a hyphen, their lines joined since
        text = _CUT_WORD.sub(CUT[0], text)
    # a look for a few characters costs nothing, and a pattern tried everywhere half the reading
    if "\n" in text and _may_cut(text):
        text = _LINE_END.sub(_joined, text)
    return text


def _may_cut(text: str) -> bool:
    if "-\n" in text or "- \n" in text or "-\r" in text:
        return True
    return not text.isascii() and any(end in text for end in _ENDS)


def without_calls(chunk: str) -> str:
    """A chunk without its calls of notes, at the same length.

    >>> [without_calls(chunk).rstrip(UNSEEN) for chunk in ("préfet¹", "1998²", "km²")]
    ['préfet', '1998', 'km²']
    """
    return chunk if chunk.isascii() else _composed(chunk, _without_calls)


def _without_calls(chunk: str) -> str:
    return _CALL.sub(_removed, chunk)


_MARKED = late(r".[\u0300-\u036f]++", re.DOTALL)


def _composed(text: str, reading: Callable[[str], str]) -> str:
    """What `reading` makes of a text, of the same length, where accents may stand apart.

    macOS and PDF files write é as e and a combining accent, which no pattern takes for a letter.

    >>> _composed("socie\u0301te\u0301-", lambda text: text.replace("é-", "é\u00ad"))
    'socie\u0301te\u0301\xad'
    """
    if text.isascii() or not _has_marks(text):
        return reading(text)
    pieces, sources, end = [], [], 0
    for match in _MARKED.finditer(text):
        pieces += [text[end : match.start()], unicodedata.normalize("NFC", match[0])]
        sources += [text[end : match.start()], match[0]]
        end = match.end()
    pieces.append(text[end:])
    sources.append(text[end:])
    changed = reading("".join(pieces))
    result, at = [], 0
    for piece, source in zip(pieces, sources, strict=True):
        now = changed[at : at + len(piece)]
        result.append(source if now == piece else now.ljust(len(source), UNSEEN))
        at += len(piece)
    return "".join(result)


def _has_marks(text: str) -> bool:
    """Whether a text has combining accents: of UTF-8, they alone begin so, beside 16 of Greek."""
    encoded = text.encode("utf-8", "surrogatepass")
    return b"\xcc" in encoded or b"\xcd" in encoded


def _removed(match: re.Match[str]) -> str:
    apart = "inline" in match.re.groupindex and not match["inline"]
    return (" " if apart else UNSEEN) * len(match[0])


def _unseen(match: re.Match[str]) -> str:
    return UNSEEN * len(match[0])


def _joined(match: re.Match[str]) -> str:
    if _HYPHENED.fullmatch(match["tail"]) or match["tail"].isupper() > match["head"].isupper():
        return match[0]
    if match["letters"] and (match["head"] + match["letters"][:-1]).lower() not in LEXICAL:
        return match[0]  # a chef-d'œuvre keeps its hyphen, and aujourd'hui has none
    if all(SPELT.fullmatch(plain(match[side]).lower()) for side in ("head", "tail")):
        return match[0]  # quatre-vingts
    return match["head"] + CUT[0] + CUT[1] * (len(match["cut"]) - 1) + match["tail"]


def halves(chunk: str) -> list[str]:
    """The two pieces of a word that a line's end cut; nothing for another.

    >>> halves("ver\u00ad\u2060rerie"), halves("co\u00adopé")
    (['ver', 'rerie'], [])
    """
    return re.split(f"{CUT}+", chunk, maxsplit=1) if CUT in chunk else []
