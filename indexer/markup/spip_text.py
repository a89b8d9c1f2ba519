"""What do texts with SPIP's own marks say?

As its `propre()` shows them (SPIP 4.4): `{{{x}}}` is a heading, `{{x}}` and `{x}` are words,
`[t->u]` the words of a link, `[[x]]` a note, `_ ` a break, `-*` an item, `|a|b|` a row,
`<multi>` a text in several languages, `<doc1>` a document by its title. A newline is a break
(since SPIP 3), and HTML is HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

from indexer.article import Section
from indexer.markup import html_text
from indexer.markup.html_text import Words
from indexer.markup.section_lines import section_lines

Titles = Callable[[str, int], str]
"""The title of an object of the site ("article", 12), as a text of SPIP's; "" for none."""

_BEGIN, _END = "\ue000", "\ue001"
"""Around the number of what is set aside while marks are read."""
_MARKED = re.compile(r"[\[{}<\\~|\r\ue000\ue001]|^[-_]", re.MULTILINE)
"""What a text without any mark has none of."""
_NUMBER = re.compile(r"^\s*\d+(?:[.)]|\s?°)\s+")
_CODE = re.compile(r"<(code|cadre|frame|math|html|script|style)(?:\s[^<>]{0,300})?>", re.I)
_ESCAPED = re.compile(r"\\([-~_*#|\[\]{}])")
_LANGUAGE = re.compile(r"\[([a-z]{2,3}(?:_[a-z_]{2,20})?)\]")
_NOTE_NAME = re.compile(r"\s*<[^<>'\"]{0,100}>")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,2000}?)->>?([^\[\]]{0,2000})\]")
_ADDRESS = re.compile(r"https?://", re.I)
_ANCHOR = re.compile(r"\[#?([^\[\]|<>\n]{0,100})<-\]")
_GLOSSARY = re.compile(r"\[\?+([^\[\]<>|#]{1,300})(?:[|#][^\[\]<>]{0,300})?\]")
_OBJECT = re.compile(r"([a-z_]{0,20}?)_?(\d{1,10})(?:[#?].{0,300})?", re.I)
_MODEL = re.compile(
    r"<([a-z_-]{3,30})\s{0,9}(?:(\d{1,10})\s{0,9}(\|(?:[^<>]|<[^<>]{0,300}>){0,2000})?"
    r"|(\|(?:[^<>]|<[^<>]{0,300}>){0,2000}))\s{0,9}/?>",
    re.I,
)
_TITLED = re.compile(r"\|\s*(?:titre|legende)\s*=\s*([^|]{1,1000})")
_IDIOM = re.compile(r"<:[\w:{}=, -]{1,200}:>")
_BLOCKS = re.compile(r"<(/?)(quote|poesie|poetry|intro)>", re.I)
_LONGEST_HEADING = 2000
_LONGEST = 20_000_000
"""Characters of a heading, and of what else is between two marks."""
_ITEM = re.compile(r"-+([*#]+)\s*(?!\s*$)|-+\s+(?=\S)")
_RULE = re.compile(r"-{4,}\s*$|_{4,}\s*$")
_OBJECTS = {
    "": "article",
    **dict.fromkeys(("art", "article"), "article"),
    **dict.fromkeys(("rub", "rubrique"), "rubrique"),
    **dict.fromkeys(("br", "breve"), "breve"),
    **dict.fromkeys(("aut", "auteur"), "auteur"),
    "mot": "mot",
    **dict.fromkeys(("doc", "document", "img", "im", "image", "emb"), "document"),
    **dict.fromkeys(("audio", "video"), "document"),
    **dict.fromkeys(("site", "syndic"), "site"),
}
_SHOWN_BY_TITLE = frozenset(("doc", "document", "emb", "audio", "video", "art", "article"))


def _untitled(kind: str, number: int) -> str:
    return ""


class Body(NamedTuple):
    """The sections of a text, and what its notes say, one after the other."""

    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()


def body(text: str, titles: Titles = _untitled, language: str = "fr") -> Body:
    """The sections of a text and its notes, which pages show under all of it.

    >>> read = body("Un[[Deux.]] {mot}.\\n\\n{{{Titre}}}\\nTrois.")
    >>> [(s.headline, s.text) for s in read.sections], read.notes
    ([(None, 'Un mot.'), ('Titre', 'Trois.')], ('Deux.',))
    """
    html, notes = _html(text, titles, language)
    note_texts = (_lines(note, titles, language) for note in notes)
    return Body(html_text.sections(html, breaks=True), tuple(filter(None, note_texts)))


def words(text: str, titles: Titles = _untitled, language: str = "fr") -> Words:
    """A comment's own words and what it quotes; its notes follow.

    >>> read = words("<quote>Un NDA ?</quote>\\n{{Oui}}, [ici->https://a.example/].")
    >>> read.text, [quote.text for quote in read.quotes], read.links
    ('Oui, ici.', ['Un NDA ?'], ('https://a.example/',))
    """
    html, notes = _html(text, titles, language)
    main_words = html_text.words(html, breaks=True)
    paragraphs = [main_words.text, *(_lines(note, titles, language) for note in notes)]
    return main_words._replace(text="\n".join(filter(None, paragraphs)))


def plain(text: str, titles: Titles = _untitled, language: str = "fr") -> str:
    """All of a short text, one paragraph a line, its headings and notes with it.

    >>> plain("Un chapô en {italique}.\\n\\nIl suit.")
    'Un chapô en italique.\\nIl suit.'
    """
    parts = body(text, titles, language)
    return "\n".join(filter(None, (section_lines(parts.sections), *parts.notes)))


def line(text: str, language: str = "fr") -> str:
    """A title on one line, without the number that puts it in order and that pages hide.

    >>> line("02. Le {vieux} phare"), line("1984"), line("<multi>[fr]Été[en]Summer</multi>")
    ('Le vieux phare', '1984', 'Été')
    """
    return html_text.line(_html(_NUMBER.sub("", text), _untitled, language)[0].replace("\n", " "))


def _lines(text: str, titles: Titles, language: str) -> str:
    return html_text.words(_html(text, titles, language)[0], breaks=True).text


def _html(text: str, titles: Titles, language: str) -> tuple[str, list[str]]:
    """The HTML of a text, and its notes as they are written."""
    if _MARKED.search(text) is None:
        return text, []
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(_BEGIN, "").replace(_END, "")
    set_aside: list[str] = []

    def keep(html: str) -> str:
        set_aside.append(html)
        return f"{_BEGIN}{len(set_aside) - 1}{_END}"

    text = _coded(text, keep)
    text = _ESCAPED.sub(lambda match: keep(escape(match[1])), text)
    text = _between(text, "<multi>", "</multi>", lambda content: _in_language(content, language))
    notes: list[str] = []

    def note(content: str) -> str:
        content = _NOTE_NAME.sub("", content, count=1)
        if content.strip():
            notes.append(_put_back(content, set_aside))
        return ""

    text = _between(text, "[[", "]]", note)
    text = _ANCHOR.sub("", text)
    text = _LINK.sub(lambda match: _linked(match[1], match[2], titles, keep), text)
    text = _GLOSSARY.sub(r"\1", text)
    text = _MODEL.sub(lambda match: _model(match, titles), text)
    text = _BLOCKS.sub(lambda match: _block(match[1], match[2].lower()), _IDIOM.sub("", text))
    text = _between(text, "{{{", "}}}", _heading, _LONGEST_HEADING)
    for level in "2345":
        text = _between(
            text, f"{{{level}{{", f"}}{level}}}", _enriched(int(level)), _LONGEST_HEADING
        )
    text = "\n".join(map(_line, text.split("\n")))
    text = text.replace("{", "").replace("}", "").replace("~", "\xa0")
    return _put_back(text, set_aside), notes


def _put_back(text: str, set_aside: list[str]) -> str:
    if _BEGIN not in text:
        return text
    return re.sub(f"{_BEGIN}(\\d+){_END}", lambda match: set_aside[int(match[1])], text)


def _between(
    text: str, begin: str, end: str, render: Callable[[str], str], longest: int = _LONGEST
) -> str:
    """What is between two marks becomes what is made of it; no mark is looked for twice."""
    parts, at, stop = [], 0, -1
    while (start := text.find(begin, at)) >= 0:
        inside = start + len(begin)
        if stop < inside and (stop := text.find(end, inside)) < 0:
            break
        # of "]]]", the last two: the first ends a link inside a note
        last = stop + 1 if text.startswith(end[-1], stop + len(end)) else stop
        if last - inside > longest:
            parts.append(text[at:inside])
            at = inside
            continue
        before = text[at:start]
        parts += [before.rstrip(" \t") if begin == "[[" else before, render(text[inside:last])]
        at, stop = last + len(end), -1
    return "".join((*parts, text[at:]))


def _coded(text: str, keep: Callable[[str], str]) -> str:
    """A text whose code is set aside, as it is written."""
    parts, at, small = [], 0, text.lower()
    ends: dict[str, int] = {}
    for match in _CODE.finditer(text):
        name = match[1].lower()
        if match.start() < at or ends.get(name) == -1:
            continue
        end = ends[name] = small.find(f"</{name}>", match.end())
        if end < 0:
            continue
        parts += [text[at : match.start()], keep(_code(name, text[match.end() : end]))]
        at = end + len(name) + 3
    return "".join((*parts, text[at:]))


def _code(name: str, content: str) -> str:
    if name in ("script", "style"):
        return ""
    if name == "html":
        return content
    escaped = escape(content.strip("\n"))
    return f"<pre>{escaped}</pre>" if "\n" in escaped or name in ("cadre", "frame") else escaped


def _in_language(content: str, language: str) -> str:
    """What a text in several languages says in one, else in French, else in its first."""
    before, *parts = _LANGUAGE.split(content)
    versions = dict(zip(parts[::2], parts[1::2], strict=True))
    for wanted_language in (language, language.partition("_")[0], "fr"):
        if wanted_language in versions:
            return versions[wanted_language]
    return before.strip() or next(iter(versions.values()), "")


def _linked(words: str, target: str, titles: Titles, keep: Callable[[str], str]) -> str:
    """The words of a link; without any, the title of what it leads to, or its address."""
    words_shown = re.split(r"\||\{[a-z_]{2,10}\}\s*$", words)[0].strip()
    target = target.strip()
    if words_shown:
        if not _ADDRESS.match(target):
            return words_shown
        return keep(f'<a href="{escape(target)}">') + words_shown + keep("</a>")
    match = _OBJECT.fullmatch(target)
    kind = _OBJECTS.get(match[1].lower()) if match else None
    if match is None or kind is None:
        return keep(escape(target))
    return keep(line(titles(kind, int(match[2]))) or f"{kind} {match[2]}")


def _model(match: re.Match[str], titles: Titles) -> str:
    """What a model shows in words: the title of a document, or the one it is given."""
    title = _TITLED.search(match[3] or match[4] or "")
    name = match[1].lower()
    title_shown = title[1] if title else ""
    if not title_shown and match[2] and name in _SHOWN_BY_TITLE:
        title_shown = line(titles(_OBJECTS[name], int(match[2])))
    return f"\n<div>{title_shown.strip()}</div>\n" if title_shown.strip() else ""


def _block(closing: str, name: str) -> str:
    return f"<{closing}blockquote>" if name == "quote" else f"<{closing}div>"


def _heading(heading: str) -> str:
    marks = len(heading) - len(heading.lstrip("*#"))
    return _enriched(2 + max(0, marks - 1))(heading[marks:])


def _enriched(level: int) -> Callable[[str], str]:
    """A heading of a level, as the plugin of enriched headings writes those under the second."""
    level = min(level, 6)
    return lambda written: f"\n<h{level}>{' '.join(written.split())}</h{level}>\n"


def _line(text: str) -> str:
    """A line, with what its first characters make of it."""
    if text.startswith("_ "):
        return text[2:]
    if _RULE.match(text):
        return "<hr>"
    if text.startswith("-") and (item := _ITEM.match(text)):
        return f"<li>{text[item.end() :]}</li>" if item[1] else f"– {text[item.end() :]}"
    row = text.strip()
    if row.startswith("|") and row.endswith("|") and len(row) > 2:
        cells = (cell.strip() for cell in row.strip("|").split("|"))
        # merged with the cell on the left, or above
        cells_shown = ("" if cell in ("<", "^") else cell for cell in cells)
        return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells_shown)}</tr>"
    return text
