"""Which sections, or which words and quotations, are in a piece of HTML?

`sections` reads an article's body, where headings begin sections; `words` a comment, where
what is quoted is kept apart from the commenter's own words; `line` a title or a name.
Texts are as shown: one paragraph a line, white space collapsed, and what is no text
(scripts, forms, drawings) left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from indexer.article import Quote, Section
from indexer.markup.attributions import is_of_forum, name_cited, quoted_by
from indexer.markup.boxed_quotations import BOXES, Boxes
from indexer.markup.hidden import without_hidden
from indexer.markup.item_numbers import has_numbers, with_numbers
from indexer.markup.note_calls import without_calls
from indexer.markup.section_part import SectionPart, behind
from indexer.markup.tags import Tag, skip, tokens

__all__ = ["Words", "line", "sections", "words"]

_BLOCK_NAMES = (
    "address article aside blockquote body br caption center dd details dialog div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "main menu nav ol optgroup option p pre section summary table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DROPPED_NAMES = (
    "audio button canvas datalist embed head iframe map noscript object select svg template "
    "textarea title video"
)
_DROPPED = frozenset(_DROPPED_NAMES.split())
_CELLS = frozenset(("td", "th"))
_PLAIN = re.compile(r"[^<&\r\n\t\x00-\x1f\x7f]*")
_BLANKS = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
_CONTROLS = dict.fromkeys([*range(9), *range(14, 32), 127])
_LONGEST_HEADING = 400
_LONGEST_LABEL = 200
_NO_FIELDS = frozenset(("button", "checkbox", "hidden", "image", "radio", "reset", "submit"))
"""Inputs in which nobody writes: what stands before the others says what to write."""
_SENTENCE = re.compile(r"(?i)(?!.*\b(?:champ|field)\b).*[.!?…»]\s*", re.DOTALL)
"""What ends before a field, and does not speak of it, is somebody's."""
_WEB = re.compile(r"https?://(?![^/?#]{0,200}@)[^\s/?#]", re.IGNORECASE)
"""Neither a place of the same page or site, nor somebody's address or telephone."""
_MOST_LINKS = 200
_LONGEST_LINK = 2000
_POSTS = {
    "twitter-tweet": "tweet",
    "twitter-video": "tweet",
    "instagram-media": "instagram",
    "tiktok-embed": "tiktok",
    "bluesky-embed": "bluesky",
    "mastodon-embed": "mastodon",
    "fb-post": "facebook",
}
"""Somebody else's post, by the class of the quotation that shows it."""
_ABOVE_QUOTES = (
    *("quoteheader", "topslice_quote", "quotetitle", "quote-title", "quote-header"),
    *("bbCodeBlock-title", "ipsQuote_citation", "citation"),
)
"""What forums name the line above a quotation: SMF, phpBB, XenForo, Invision and others."""
_BOX = re.compile(
    r"(?i)(?:^|[\s_-])(?:encadr[ée]e?s?|encarts?|infobox|callout|has-background)(?![a-z])"
)
"""What a theme names a box beside the text: what follows it goes on under the heading above."""
_UNFOLDING = ("bbCodeBlock-expandLink", "js-expandLink")


class Words(NamedTuple):
    """A comment's own words, one paragraph a line, what it quotes, and its links behind words."""

    text: str
    quotes: tuple[Quote, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def extra(self) -> dict[str, Any]:
        """What a `Comment` keeps of it beside its words."""
        return {"links": list(self.links)} if self.links else {}


def words(html: str, *, breaks: bool = False) -> Words:
    """What a comment says. breaks: a newline is a break, as in WordPress's comments.

    A quotation is a `blockquote`; its author is its `cite` when that is a line of its own,
    or what Discourse tells (`data-username`); `ref` is then the number of the post quoted,
    "topic/post", or else what the address in `cite` ends with, after #.

    >>> words("<blockquote>Un NDA ?</blockquote><p>Oui &amp; non.</p>")[:2]
    ('Oui & non.', (Quote(text='Un NDA ?', author=None, ref=None),))
    >>> words('<a href="https://a.example/preuve">ici</a>').links
    ('https://a.example/preuve',)
    """
    if _PLAIN.fullmatch(html):
        return Words(_clean(html))
    reading = _Reading(breaks, apart=True)
    reading.read(html)
    lines, boxed = reading.boxes.parted(reading.parts[0].lines)
    text = "\n".join(lines)
    return Words(text, (*reading.quotes, *boxed), behind(reading.parts[0].links, text))


def sections(html: str, *, breaks: bool = False) -> tuple[Section, ...]:
    """An article's sections, the one above the first heading without headline, if it has text.

    Quotations stay in the text; posts of social networks are flagged as embeds.

    >>> [(s.headline, s.text) for s in sections("<p>Un.</p><h2 id=b>Titre</h2>Deux<br>trois.")]
    [(None, 'Un.'), ('Titre', 'Deux\\ntrois.')]
    """
    reading = _Reading(breaks, apart=False)
    reading.read(html)
    return tuple(part.section() for part in reading.parts if part.headline or part.lines)


def line(html: str) -> str:
    """All of it on one line.

    >>> line("<em>Sora</em>&nbsp;: l&#8217;été")
    'Sora\\xa0: l’été'
    """
    if _PLAIN.fullmatch(html):
        return _clean(html)
    reading = _Reading(breaks=False, apart=False, headings=False)
    reading.read(html)
    return " ".join(reading.parts[0].lines)


def _clean(text: str) -> str:
    return _BLANKS.sub(" ", text).translate(_CONTROLS).strip()


class _Reading:
    """The state of one reading: where the next line goes."""

    def __init__(self, breaks: bool, *, apart: bool, headings: bool = True) -> None:
        self.parts = [SectionPart()]
        self.quotes: list[Quote] = []
        self.boxes = Boxes()
        self._breaks = breaks
        self._apart = apart
        self._headings = headings and not apart
        self._buffer: list[str] = []
        self._heading: Tag | None = None
        self._heading_lines: list[str] = []
        self._heading_links: list[str] = []
        self._pre = 0
        self._depth = 0
        self._quote: tuple[str | None, str | None] = (None, None)
        self._quoted: list[str] = []
        self._attribution: tuple[str | None, str | None] = (None, None)
        self._post: tuple[str, int] | None = None
        # None: no cite; False: in one that began its line; True: it has ended
        self._cite: bool | None = None
        self._above: tuple[str, str] | None = None
        self._titled = False
        self._summary = False
        self._part = self.parts[0]
        # how many pieces of the line stand before a field to fill in
        self._field: int | None = None
        self._open: list[tuple[str, SectionPart | None]] = []
        self._opened: Counter[str] = Counter()

    def read(self, html: str) -> None:
        following = without_calls(without_hidden(tokens(html)))
        if has_numbers(html):
            following = with_numbers(following)
        for token in following:
            if isinstance(token, str):
                self._text(token)
            elif token.name in _DROPPED:
                if token.name == "iframe":
                    self._link(token)
                if token.name in ("select", "textarea"):
                    self._field = len(self._buffer)
                # a heading that a click unfolds is a button
                if not token.closing and (token.name != "button" or self._heading is None):
                    skip(following, token.name)
            elif token.name in _BLOCKS:
                self._block(token, following)
            elif token.name in _CELLS:
                self._buffer.append(" ")
            elif token.name == "a" and token.has_class("wp-block-file__button"):
                skip(following, "a")
            elif token.name == "a":
                self._link(token)
            elif token.name == "cite" and (self._depth or self._apart):
                self._cited(token)
            elif token.name == "input" and token.get("type").lower() not in _NO_FIELDS:
                self._field = len(self._buffer)
            elif token.name == "img" and token.has_class("emoji", "wp-smiley"):
                self._text(token.get("alt"))
        self._flush()
        self._keep_above()
        self._end_heading()
        if self._depth:
            self._end_quote()

    def _text(self, text: str) -> None:
        if self._cite and not text.isspace():
            self._cite = None
        if self._pre or self._breaks:
            first, *next_lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._buffer.append(first)
            for next_line in next_lines:
                self._flush()
                self._buffer.append(next_line)
        else:
            self._buffer.append(text)

    def _flush(self) -> None:
        """What was gathered is a line, and goes where lines go."""
        is_label, self._field = self._is_label(), None
        if not self._buffer:
            return
        text = "".join(self._buffer)
        self._buffer.clear()
        if is_label:
            return
        if "&" in text:
            text = unescape(text)
        if self._pre:
            text = text.translate(_CONTROLS).rstrip()
            text = text if text.strip() else ""
        else:
            text = _clean(text)
        cited, self._cite = self._cite, None
        titled, self._titled = self._titled, False
        if not text:
            self._titled = titled
            return
        if self._heading is not None:
            self._heading_lines.append(text)
        elif self._depth and self._apart:
            self._keep_quoted(text, cited=cited is True, titled=titled)
        else:
            self._keep_above()
            name = quoted_by(text) if self._apart and (cited or titled) else None
            if name is None:
                self._part.lines.append(text)
            else:
                self._above = (name, text)

    def _is_label(self) -> bool:
        """Whether what was gathered says what to write in the field behind it."""
        if self._field is None or "".join(self._buffer[self._field :]).strip():
            return False
        text = "".join(self._buffer)
        return len(text) < _LONGEST_LABEL and not _SENTENCE.fullmatch(text)

    def _keep_quoted(self, text: str, *, cited: bool, titled: bool) -> None:
        """A line of a quotation is somebody's words, or says whose they are."""
        name_in = name_cited if cited and len(text) < _LONGEST_HEADING else quoted_by
        introduced = (cited or titled or is_of_forum(text)) and not self._quoted
        name = name_in(text) if introduced or (cited and self._quote[0] is None) else None
        if name is None or self._quote[0] not in (None, name):
            self._quoted.append(text)
        else:
            self._quote = (name, self._quote[1])

    def _keep_above(self) -> None:
        """What looked as if it said whose words follow is a line when no quotation does."""
        if self._above is not None:
            self._part.lines.append(self._above[1])
            self._above = None

    def _link(self, tag: Tag) -> None:
        """Keep the address of a link or a frame, when it is that of a page of some site."""
        if tag.closing or (self._depth and self._apart):
            return
        links = self._part.links if self._heading is None else self._heading_links
        for name in ("href",) if tag.name == "a" else ("src", "data-src"):
            href = tag.get(name).strip()
            href = f"https:{href}" if href.startswith("//") else href
            if len(links) < _MOST_LINKS and _WEB.match(href) and len(href) <= _LONGEST_LINK:
                links.append(href)

    def _block(self, tag: Tag, following: Iterator[str | Tag]) -> None:
        self._flush()
        name = tag.name
        self._titled = not tag.closing and (self._titled or tag.has_class(*_ABOVE_QUOTES))
        if self._headings and name in ("aside", "div", "section"):
            self._box(tag)
        if self._apart and not self._depth and name in BOXES:
            line = len(self._part.lines)
            if tag.closing:
                self.boxes.end(name, line)
            else:
                self.boxes.begin(name, tag.get("class"), line)
        if name == "blockquote":
            if not tag.closing:
                self._begin_quote(tag)
            elif self._depth == 1:
                self._end_quote()
            elif self._depth:
                self._depth -= 1
        elif name == "summary":
            # the title of what unfolds, and of nothing below it
            self._summary = not tag.closing
        elif name == "pre":
            self._pre = max(0, self._pre + (-1 if tag.closing else 1))
        elif name in _HEADINGS:
            self._end_heading()
            if self._headings and not tag.closing and not self._depth and not self._summary:
                self._heading = tag
        elif name == "aside" and not tag.closing and tag.has_class("onebox"):
            # the preview of a link, which nobody wrote there
            skip(following, name)
        elif name == "aside" and self._apart:
            self._attribution = (None, None)
            if not tag.closing and tag.has_class("quote"):
                number = "/".join(filter(None, (tag.get("data-topic"), tag.get("data-post"))))
                self._attribution = (tag.get("data-username") or None, number or None)
        elif (
            name == "div"
            and not tag.closing
            and (tag.has_class(*_UNFOLDING) or self._names_quoted(tag))
        ):
            skip(following, name)

    def _box(self, tag: Tag) -> None:
        """Remember the section that goes on when a box ends, whatever headings are in the box."""
        if not tag.closing:
            boxed = tag.name == "aside" or _BOX.search(tag.get("class")) is not None
            self._open.append((tag.name, self._part if boxed else None))
            self._opened[tag.name] += 1
        elif self._opened[tag.name]:
            while True:
                name, part = self._open.pop()
                self._opened[name] -= 1
                if part is not None:
                    self._end_heading()
                    self._part = part
                if name == tag.name:
                    break

    def _names_quoted(self, tag: Tag) -> bool:
        """Whether it is the line "pseudo:" above a quotation of Discourse."""
        return self._attribution != (None, None) and not self._depth and tag.has_class("title")

    def _end_heading(self) -> None:
        if self._heading is None:
            return
        tag, lines, links = self._heading, self._heading_lines, self._heading_links
        self._heading, self._heading_lines, self._heading_links = None, [], []
        text = " ".join(lines)
        if len(text) > _LONGEST_HEADING:
            self._part.lines += lines
        elif text:
            self._part = SectionPart(text, _HEADINGS[tag.name], tag.get("id") or None)
            self.parts.append(self._part)
        self._part.links += links

    def _begin_quote(self, tag: Tag) -> None:
        self._end_heading()
        self._depth += 1
        if self._depth > 1:
            return
        if self._apart:
            ref = self._attribution[1] or tag.get("cite").partition("#")[2] or None
            above = self._above[0] if self._above is not None else None
            self._above = None
            declared_name = tag.get("data-quote") or tag.get("data-ipsquote-username")
            self._quote, self._quoted = (self._attribution[0] or declared_name or above, ref), []
            return
        kinds = [kind for name, kind in _POSTS.items() if tag.has_class(name)]
        self._post = (kinds[0], len(self._part.lines)) if kinds else None

    def _end_quote(self) -> None:
        self._depth = 0
        if self._apart:
            if self._quoted:
                self.quotes.append(Quote("\n".join(self._quoted), *self._quote))
        elif self._post is not None:
            kind, first = self._post
            if len(self._part.lines) > first:
                self._part.shown.append((kind, first, len(self._part.lines)))
            self._post = None

    def _cited(self, tag: Tag) -> None:
        if tag.closing:
            self._cite = True if self._cite is False else None
            line = _clean(unescape("".join(self._buffer)))
            if self._cite and (line.endswith(":") or quoted_by(line)):
                self._flush()
            return
        if self._depth and "".join(self._buffer).endswith(tuple('.!?…»”"')):
            self._flush()
        if not "".join(self._buffer).strip():
            self._cite = False
