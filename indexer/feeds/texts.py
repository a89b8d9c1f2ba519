"""What do the texts of a feed's entry say, without what the feed's program puts around them?

"Par : X" and "Commentaires sur A par X" for titles, "En réponse à X." above a comment, "Cet
article est apparu en premier sur…" under an article, "[…]" after what was cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

from indexer.article import Section
from indexer.canonical import lenient_json
from indexer.markup import Words, line, sections, words
from indexer.text import letters

_CUT = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|…|\.{3})\s*$")
_FIRST_ON = re.compile(
    r"(?:(?:L[’']article|Cet article|Le post|The post)\b.{0,400}"
    r"(?:est apparu en premier sur|a été publié en premier sur|appeared first on)\b.{0,200})$"
)
_MORE = re.compile(
    r"^(?:Lire la suite|Continuer la lecture|Continue reading|Read more|En savoir plus)\b.{0,200}$",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"\s*(?:<p>)?\s*(?!<)[^<>\n]{2,40}<a\b[^>]{0,60}href=[\"'][^\"'>]{0,2000}#comment-(\d{1,30})[\"']"
    r"[^>]{0,60}>[^<]{0,300}</a>\s*\.?\s*(?:</p>|\n|$)"
)
_ABOUT = re.compile(
    r"(?:^|.*?(?::|\s[–—|-])\s*)(?:les |new )?(?:commentaires?|comments?)\s+"
    r"(?:(?:sur|à propos de|on|for|about)\s*:?\s+|(?:de|of|to)\s+(?=[\"«“]))(.+)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"«“]([^\"«»“”]+)[\"»”]")
_ONE_BY = re.compile(
    r"(?:Par|By|De|Von|Por|Di)\s*:\s*.+$"
    r"|(?i:(?:.{1,80} )?(?:répondre à|reply to|en réponse à|in response to) ?: )"
)
_LONGEST_LEAD = 1200


def line_of(detail: Any) -> str:
    """A title as feedparser gives it, on one line: {"type": …, "value": …}.

    >>> line_of({"type": "text/plain", "value": "a < b &amp; c"})
    'a < b & c'
    >>> line_of({"type": "text/html", "value": "<em>Sora</em> &amp; c"})
    'Sora & c'
    """
    if not isinstance(detail, Mapping):
        return ""
    return line(_html(detail))


_OF_FORUM = re.compile(
    r"\A\s*<p>(?:Réponses|Replies) ?: \d+</p>"
    r"|<p>Statisti(?:que|c)s ?: [^\n]{1,400}</p>(?=<hr ?/>\s*\Z)"
)
"""What bbPress counts above a topic, and phpBB says below each message."""


def _html(detail: Mapping[str, Any]) -> str:
    """A text as HTML, whatever it is: a plain one may hold `<`, and entities written twice."""
    value = _OF_FORUM.sub("", lenient_json.text(detail.get("value")))
    if detail.get("type") == "text/plain" and not re.search(r"</?[a-zA-Z][^<>]*>", value):
        return re.sub("<", "&lt;", value) if "&" in value else escape(value, quote=False)
    return value


def _content(entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the longest of its contents that is a text."""
    contents = [content for content in entry.get("content") or () if isinstance(content, Mapping)]
    texts = [
        content
        for content in contents
        if "html" in str(content.get("type")) or "text" in str(content.get("type"))
    ]
    return max(texts, key=lambda text: len(lenient_json.text(text.get("value"))), default=None)


def entry_html(entry: Mapping[str, Any]) -> str:
    """Return the HTML of an entry: its content, else its summary."""
    detail = _content(entry) or entry.get("summary_detail")
    return _html(detail) if isinstance(detail, Mapping) else ""


def body(entry: Mapping[str, Any]) -> tuple[str | None, tuple[Section, ...]]:
    """An article's standfirst and sections.

    A summary alone is a standfirst, unless it is as long as a body or has its headings; one
    that is the beginning of the body is nothing more than it.

    >>> body({"summary_detail": {"type": "text/html", "value": "<p>Un chapô. [&#8230;]</p>"}})
    ('Un chapô.', ())
    """
    summary = entry.get("summary_detail")
    short = sections(_html(summary)) if isinstance(summary, Mapping) else ()
    content = _content(entry)
    content_sections = () if content is None else _without_footer(sections(_html(content)))
    short = _without_footer(short)
    if not content_sections and (
        len(short) > 1 or sum(len(section.text) for section in short) > _LONGEST_LEAD
    ):
        return None, short
    lead = _CUT.sub("", " ".join(section.text for section in short).replace("\n", " ")).strip()
    if content_sections and letters(
        " ".join(section.text for section in content_sections)
    ).startswith(letters(lead)):
        lead = ""
    return lead or None, content_sections


def _without_footer(parts: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections without the last lines that the feed's program added."""
    if not parts:
        return parts
    lines = parts[-1].text.split("\n")
    while lines and (_FIRST_ON.match(lines[-1]) or _MORE.match(lines[-1])):
        lines.pop()
    text = _FIRST_ON.sub("", "\n".join(lines)).rstrip()
    if text == parts[-1].text:
        return parts
    last = replace(parts[-1], text=text)
    return (*parts[:-1], last) if last.text or last.headline else parts[:-1]


def answered(html: str) -> tuple[Words, str]:
    """A comment's own words and quotations, and the number of the comment answered, "" for none.

    >>> html = '<p>En réponse à <a href="https://a.example/x/#comment-7">Zoé</a>.</p><p>Oui.</p>'
    >>> answered(html)
    (Words(text='Oui.', quotes=(), links=()), '7')
    """
    match = _ABOVE.match(html[:4000])
    if match is None:
        return words(html), ""
    return words(html[match.end() :]), match[1]


def about(title: str, author: str | None, blogger: bool = False) -> str:
    """Return the title of the article that a feed of comments names, "" without one.

    blogger: a title of Blogger names the blog before the article.

    >>> about("Commentaires sur Sora par Zoé", "Zoé"), about("Commentaires sur : Sora", None)
    ('Sora', 'Sora')
    >>> about('Le quai - Commentaires de "Sora"', None)
    'Sora'
    """
    match = _ABOUT.match(title[:1000])
    if match is None:
        # as Dotclear has it: "Sora - Zoé"; PluXml: "Sora - Rédigé par Zoé @ mardi 2 mars 2024"
        signed = _WRITTEN.sub(" - ", _WHEN.sub("", title))
        behind = f" - {author}"
        return signed.removesuffix(behind) if author and signed.endswith(behind) else ""
    headline = match[1].strip()
    if quoted := _QUOTED.fullmatch(headline):
        return quoted[1].strip()
    for mark in (" par ", " by ", " de "):
        if author and headline.endswith(mark + author):
            return headline.removesuffix(mark + author).strip()
    return headline.partition(": ")[2] or headline if blogger else headline


def own_title(title: str, author: str | None, text: str) -> str | None:
    """A comment's title, if it has one of its own.

    >>> own_title("Par : Zoé", "Zoé", "Oui."), own_title("Re: Sora", "Zoé", "Oui.")
    (None, 'Re: Sora')
    """
    if not title or _ONE_BY.match(title) or about(title, author):
        return None
    named = _WHEN.sub("", title) == author
    return None if is_beginning(title, text) or named else title


_WHEN = re.compile(r" @ [^@]{0,12}\d.{0,40}$")
_WRITTEN = re.compile(r"(?i) - (?:rédigé|écrit|written) (?:par|by) ")
_SIGNED = re.compile(r"([^:]{1,60}(?<!\s)): (?=\S)")


def signer(title: str, text: str) -> str:
    """Return the name that a comment's title and its text both begin with, "" without one.

    >>> signer("Zoé: Le bac est...", "Zoé: Le bac est fermé."), signer("Re: Sora", "Zoé: Oui.")
    ('Zoé', '')
    """
    match = _SIGNED.match(title)
    is_signed = match is not None and text.startswith(match[0]) and is_beginning(title, text)
    return match[1] if match is not None and is_signed else ""


def is_beginning(title: str, text: str) -> bool:
    """Return whether a title is how a text begins, cut or not."""
    return letters(text).startswith(letters(_CUT.sub("", title)))
