"""Which sections make the body of the article in a page?

Those of the block that holds the paragraphs (`main_block`), without the site's furniture; where
there is nearly none, those that trafilatura finds. The comments have been taken away before, so
that none can leak into it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any, NamedTuple

from lxml import etree

from indexer.article import Embed, Section
from indexer.html.bylines import byline_names, dated_names, is_credit, is_trade, trade_names
from indexer.html.finder.date_marks import is_dated
from indexer.html.head import Head
from indexer.html.page_dates import is_dateline
from indexer.html.text.main_block import main_block, measure
from indexer.html.text.offers import has_wall, is_offer, without_offer
from indexer.html.text.page_furniture import is_promotion
from indexer.html.text.pruning import pruned
from indexer.markup import html_text
from indexer.text import Line, fold, is_paywall, key

MOST_ELEMENTS = 20_000
"""Of a page without its comments, for trafilatura to be asked."""


_LONG_HEADING = 120


class NoExtractor(RuntimeError):
    """trafilatura is not installed."""


class Body(NamedTuple):
    """The sections of an article; `cut` when an offer to pay for the rest follows them.

    `by` is where they were found: the page's main block, trafilatura, or JSON-LD. `credits` are the
    lines left out that say who took a picture.
    """

    sections: tuple[Section, ...]
    cut: bool = False
    by: str = "page"
    credits: tuple[str, ...] = ()


def read_body(root: Any, head: Head, *, heuristics: bool = True) -> Body:
    """Return the article's sections, from the tree without its comments. Alters the tree.

    heuristics: ask trafilatura when hardly any text is found; its cost grows faster than the page.
    Raises NoExtractor when trafilatura is needed and missing.
    """
    anchors = _anchors(root)
    sections, walled = _of_main_block(root)
    by = "page"
    if heuristics and sum(len(section.text) for section in sections) < _LITTLE:
        posts = _posts(root)
        body = _extract(root)
        extracted = () if body is None else html_text.sections(_as_html(body, posts))
        if sum(len(section.text) for section in extracted) > sum(
            len(section.text) for section in sections
        ):
            sections, by = extracted, "trafilatura"
    if not any(section.text for section in sections) and head.node is not None:
        text = head.node.get("articleBody") or head.node.get("text")
        if isinstance(text, str):
            sections, by = html_text.sections(text, breaks="<" not in text), "JSON-LD"
    sections, cut = without_offer(sections)
    # a page may keep its wall for those who have not paid
    free = head.node is not None and str(head.node.get("isAccessibleForFree")).lower() == "true"
    own_sections = tuple(_own_sections(sections, head, anchors))
    lines = (line for section in sections for line in section.text.split("\n"))
    picture_credits = tuple(filter(is_credit, lines))
    return Body(own_sections, cut or (walled and not free), by, picture_credits)


_LITTLE = 140
"""Characters of a body under which the heuristics of trafilatura are asked as well."""


def _of_main_block(root: Any) -> tuple[tuple[Section, ...], bool]:
    """The sections of the block that holds most of the text, and whether a wall ends it."""
    measured = measure(root)
    block = main_block(root, measured)
    if block is None:
        return (), False
    sections = html_text.sections(pruned(block, measured.furniture))
    return sections, has_wall(measured.furniture, block.element)


def _extract(root: Any) -> Any:
    for name in ("trafilatura", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        extract = import_module("trafilatura").bare_extraction
    except ImportError as error:
        raise NoExtractor from error
    try:
        document = extract(root, include_comments=False, include_tables=True, deduplicate=False)
    except Exception:  # what strangers' pages do to a heuristic is not for its caller to list
        return None
    return None if document is None else document.body


_HTML = {
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "lb": "br",
    "row": "tr",
    "cell": "td",
    "head": "h2",
    "hi": "span",
    "ref": "span",
    "del": "span",
    "code": "pre",
}
_SOCIAL = ("twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed")


def _posts(root: Any) -> dict[str, str]:
    """Posts of social networks, by their words: the extraction forgets their class."""
    posts = {}
    for quote in root.iter("blockquote"):
        classes = set((quote.get("class") or "").split())
        for name in _SOCIAL:
            if name in classes:
                posts[_squeezed(quote)] = name
    return posts


def _squeezed(element: Any) -> str:
    return "".join("".join(element.itertext()).split())


def _as_html(body: Any, posts: dict[str, str]) -> str:
    """The extraction's own tags as those of HTML."""
    for element in list(body.iter(etree.Element)):
        if element.tag == "quote" and (name := posts.get(_squeezed(element))):
            element.set("class", name)
        elif element.tag == "graphic":
            element.tag = "span"
        rend = element.get("rend") or ""
        if element.tag == "head" and re.fullmatch(r"h[1-6]", rend):
            element.tag = rend
        elif element.tag == "code" and element.getparent() is not None and not _multiline(element):
            element.tag = "span"
        else:
            # some names that pages give are none that could be given here
            element.tag = _HTML.get(element.tag) or (
                element.tag if re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", element.tag) else "span"
            )
    html: str = etree.tostring(body, encoding="unicode", method="html")
    return html


def _multiline(element: Any) -> bool:
    return "\n" in "".join(element.itertext()).strip()


def _anchors(root: Any) -> dict[str, str]:
    """The fragments of headings, by their words."""
    anchors: dict[str, str] = {}
    for heading in root.iter("h2", "h3", "h4", "h5", "h6"):
        inside = (element.get("id") or element.get("name") for element in heading.iter("a", "span"))
        name = heading.get("id") or next(filter(None, inside), None)
        if name and not any(char.isspace() for char in name):
            anchors.setdefault(_squeezed(heading), name)
    return anchors


_FURNITURE = re.compile(
    r"(?:temps de lecture|lecture) ?:? ?\d+ ?min.*|\d+ min(?:utes?)? de lecture|ecouter l'article"
    r"|\d{1,2}:\d\d ?[/|-] ?\d{1,2}:\d\d"
    r"|ajouter a (?:mes|vos|la) (?:favoris|liste.*|selection)|.*a ete ajoute a vos favoris"
    r"|google news|continuez a lire votre article.*|deja abonne ?\?.*|il vous reste .{1,12}% a"
    r" decouvrir.*|(?:l')?adresse (?:url )?de (?:cet? |l')(?:article|page) ?: ?http\S+"
    r"|(?:partager|imprimer|envoyer)(?: (?:sur|par) \w+)?|lire plus|abonnez-vous"
    # printed pages, and archives of mailing lists
    r"|(?:from|de) ?: ?[^<>@]{1,80}[<(]\S{1,80}(?:@| at )\S{1,80}[>)]"
    r"|received on (?:mon|tue|wed|thu|fri|sat|sun)\b.{1,60}"
    r"|url (?:de |a )?l'article ?: ?http\S+|article imprime (?:depuis|a partir de) .{1,150}"
    r"|(?:messages? (?:precedent|suivant|tries par)|(?:previous|next) message|messages sorted by)"
    r" ?:.*|(?:plus d'informations sur|more information about) (?:la liste|the).{1,80}"
)
_ENTRY = re.compile(
    r"(?:(?:ce contenu|cette entree|cet? (?:article|billet)) a ete publiee?"
    r"|this entry was posted)\b"
    r".{0,300}\b(?:permalie?nk?|permalien|flux (?:rss|atom)|marque-pages?|favoris?)\b.{0,200}"
)
"""What WordPress's first themes say under an entry."""


def _own_sections(
    sections: Sequence[Section], head: Head, anchors: dict[str, str]
) -> Iterator[Section]:
    """Sections without the title and the standfirst, which the article holds already.

    Nor what stands above the title (the way to the page), nor buttons and invitations, nor the
    headings that announce nothing.
    """
    title, standfirst = _key(head.headline), _key(head.description)
    head_texts = {title, standfirst, _key(head.alternative_headline), *map(_key, head.author)} - {
        ""
    }
    titled = [at for at, section in enumerate(sections[:3]) if _key(section.headline) == title]
    sections = _with_hours(sections[titled[0] if titled else 0 :], title)
    for place, section in enumerate(sections):
        section = _without_lines(section, place < 2, head_texts)
        if place == len(sections) - 1:
            section = _unsigned(section, head_texts)
        headline = section.headline
        if headline is not None and (
            _key(headline) in head_texts or _is_known(_key(headline), title, standfirst)
        ):
            headline = None
        if not section.text and not (headline and _has_deeper(section, sections[place + 1 :])):
            continue
        anchor = anchors.get("".join((headline or "").split()))
        level = section.level if headline else None
        yield replace(section, headline=headline, level=level, anchor=anchor)


def _is_known(headline: str, title: str, standfirst: str) -> bool:
    """Whether a heading is the title, or the standfirst, which machines are given cut."""
    if headline in (title, standfirst):
        return True
    long = min(len(headline), len(standfirst)) > _LONG_HEADING / 2
    return long and (headline.startswith(standfirst) or standfirst.startswith(headline))


def _has_deeper(section: Section, following: Sequence[Section]) -> bool:
    """Whether a heading without text has another under it."""
    after = following[0] if following else None
    return after is not None and (after.level or 0) > (section.level or 0)


_HOUR = re.compile(r"(?:\n|^)(?:à )?(\d{1,2} ?[h:] ?\d\d)$")


def _with_hours(sections: Sequence[Section], title: str) -> list[Section]:
    """The sections of a live, each with its hour, which stands above its heading.

    The first stands above the first heading, where a programme has its hours below.
    """
    hours = [_HOUR.search(section.text) for section in sections[:-1]]
    if sum(hour is not None for hour in hours) < 2 or hours[0] is None:
        return list(sections)
    if sections[0].headline is not None and _key(sections[0].headline) != title:
        return list(sections)
    moved = [sections[0]]
    for above, section in zip(hours, sections[1:], strict=True):
        if above is not None and section.headline:
            before = moved[-1]
            at = len(before.text) - len(above[0])
            moved[-1] = replace(before, text=before.text[:at])
            shift = len(above[1]) + 1
            section = replace(
                section,
                text=f"{above[1]}\n{section.text}",
                embeds=tuple(_moved(embed, -shift, -1) for embed in section.embeds),
            )
        moved.append(section)
    return moved


def _unsigned(section: Section, head_texts: set[str]) -> Section:
    """The last section without the signature of the article's authors that ends it."""
    text, _, last = section.text.rpartition("\n")
    names = byline_names(last)
    return replace(section, text=text) if names and {*map(_key, names)} <= head_texts else section


_BY = re.compile(r"(?i)^(?:par|by|de)\s+")


def _without_lines(section: Section, first: bool, head_texts: set[str]) -> Section:
    """A section without lines that are not its text, the offsets of its embeds moved."""
    lines: list[str] = []
    embeds = list(section.embeds)
    at = 0
    begun = not first
    for line in section.text.split("\n"):
        folded = fold(key(line))
        is_furniture = len(line) < 200 and (
            _FURNITURE.fullmatch(folded) is not None
            or is_promotion(line)
            or is_paywall(Line(1, line))
        )
        is_furniture = (
            is_furniture
            or is_credit(line)
            or (len(line) < 500 and _ENTRY.fullmatch(folded) is not None)
        )
        if is_furniture or (not begun and _stands_above(line, head_texts)):
            cut = len(line) + 1
            embeds = [_moved(embed, cut, at) for embed in embeds if _keeps(embed, at, cut)]
            continue
        begun = begun or len(line) > 60
        at += len(line) + 1
        lines.append(line)
    return replace(section, text="\n".join(lines), embeds=tuple(embeds))


_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])")


def _stands_above(line: str, head_texts: set[str]) -> bool:
    """Whether a line above the text is the article's title, byline or « réservé aux abonnés »."""
    if is_trade(line) or is_offer(line):
        return True
    # Zoé PetitJournaliste: two elements of one line
    apart = _GLUED.sub(" ", line)
    return _key(_BY.sub("", line)) in head_texts or _is_byline(apart, head_texts)


def _is_byline(line: str, head_texts: set[str]) -> bool:
    """Whether a line says when it was published and edited, or who signs, and no more.

    >>> [_is_byline(line, {"zoéblanc"}) for line in ("Publié le 2 mars 2024, mis à jour le 3 mars"
    ...     " 2024 à 9 h", "Le 2 mars 2024 par Zoé Blanc", "Par Léo Roux", "Ils vinrent tous.")]
    [True, True, False, False]
    """
    if is_dated(line) or is_dateline(line):
        return True
    names = dated_names(line) or byline_names(line) or trade_names(line)
    return bool(names) and {_key(name) for name in names} <= head_texts


def _keeps(embed: Embed, at: int, cut: int) -> bool:
    return embed.start >= at + cut or embed.end <= at


def _moved(embed: Embed, cut: int, at: int) -> Embed:
    if embed.end <= at:
        return embed
    return Embed(embed.kind, embed.start - cut, embed.end - cut, embed.attribution)


def _key(text: str | None) -> str:
    return "".join(char for char in (text or "").casefold() if char.isalnum())


def standfirst_of(
    head: Head, sections: tuple[Section, ...]
) -> tuple[str | None, tuple[Section, ...]]:
    """Return the standfirst, and the sections without it.

    A description that is the beginning of the text, cut for search engines, is not a standfirst;
    a first heading as long as a paragraph is one.
    """
    described = (head.description or "").strip()
    start = _key(described.rstrip("….[] "))
    beginning = _key(" ".join(section.text for section in sections[:2])[:4000])
    cut = described.endswith(("…", "...", "…]", "...]")) or len(start) > 90
    if start and not (cut and beginning.startswith(start)):
        return described, sections
    first = sections[0] if sections else None
    if first is None or len(first.headline or "") < _LONG_HEADING:
        return None, sections
    body = replace(first, headline=None, level=None, anchor=None)
    return first.headline, (body, *sections[1:])
