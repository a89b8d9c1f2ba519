"""Which sections make the body of the article in a page?

Those of the block that holds the paragraphs (`main_block`), without the site's furniture; where
there is nearly none, those that trafilatura finds. The comments have been taken away before, so
that none can leak into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from indexer.article import Embed, Section
from indexer.html.finder.date_marks import is_dated
from indexer.html.finder.items.edit_notices import is_edit_notice
from indexer.html.metadata.bylines import (
    byline_names,
    dated_names,
    is_credit,
    is_trade,
    trade_names,
)
from indexer.html.metadata.dates import is_dateline
from indexer.html.metadata.edits import is_edit_line
from indexer.html.metadata.head import Head
from indexer.html.text.beside import paragraphs_beside
from indexer.html.text.captions import captions_above
from indexer.html.text.entry_lines import is_entry_line
from indexer.html.text.extraction import extracted_sections, squeezed
from indexer.html.text.main_block import ElementAmounts, main_block, measure
from indexer.html.text.offers import has_wall, is_offer, without_offer
from indexer.html.text.page_furniture import is_promotion
from indexer.html.text.pruning import pruned
from indexer.markup import html_text
from indexer.text import Line, fold, is_paywall, key, letters

MOST_ELEMENTS = 20_000
"""Of a page without its comments, for trafilatura to be asked."""


_LONG_HEADING = 120


class Body(NamedTuple):
    """The sections of an article; `cut` when an offer to pay for the rest follows them.

    `by` is where they were found: the page's main block, trafilatura, or JSON-LD. `credits` are the
    lines left out that say who took a picture, `paragraphs_beside` the paragraphs around the text
    that are in no section.
    """

    sections: tuple[Section, ...]
    cut: bool = False
    by: str = "page"
    credits: tuple[str, ...] = ()
    paragraphs_beside: tuple[str, ...] = ()


def read_body(root: Any, head: Head, *, heuristics: bool = True) -> Body:
    """Return the article's sections, from the tree without its comments. Alters the tree.

    heuristics: ask trafilatura when hardly any text is found; its cost grows faster than the page.
    Raises NoExtractor when trafilatura is needed and missing.
    """
    anchors = _anchors(root)
    measured = measure(root)
    sections, walled, paragraphs = _of_main_block(root, measured)
    by = "page"
    if heuristics and sum(len(section.text) for section in sections) < _LITTLE:
        extracted = extracted_sections(root, measured.furniture)
        if sum(len(section.text) for section in extracted) > sum(
            len(section.text) for section in sections
        ):
            sections, by = extracted, "trafilatura"
    in_script = _in_script(head)
    if _is_longer(in_script, sections):
        sections, by, paragraphs = in_script, "JSON-LD", ()
    sections, cut = without_offer(sections)
    # a page may keep its wall for those who have not paid
    free = head.node is not None and str(head.node.get("isAccessibleForFree")).lower() == "true"
    own_sections = tuple(_own_sections(sections, head, anchors))
    lines = (line for section in sections for line in section.text.split("\n"))
    picture_credits = tuple(filter(is_credit, lines))
    unread = _unread(paragraphs, own_sections, head)
    return Body(own_sections, cut or (walled and not free), by, picture_credits, unread)


_LITTLE = 140
"""Characters of a body under which the heuristics of trafilatura are asked as well."""


def _of_main_block(
    root: Any, measured: ElementAmounts
) -> tuple[tuple[Section, ...], bool, tuple[str, ...]]:
    """The sections of the block with most of the text, whether a wall ends it, what is around it.

    The last are paragraphs of prose.
    """
    block = main_block(root, measured)
    if block is None:
        return (), False, ()
    html = captions_above(block, measured) + pruned(block, measured.furniture)
    sections = html_text.sections(html)
    walled = has_wall(measured.furniture, block.element)
    return sections, walled, paragraphs_beside(block, measured)


def _in_script(head: Head) -> tuple[Section, ...]:
    """The text that JSON-LD gives, in its own lines."""
    node = head.node or {}
    text = node.get("articleBody") or node.get("text")
    return html_text.sections(text, breaks="<" not in text) if isinstance(text, str) else ()


_MORE = 200
"""Characters that JSON-LD has more, at least, where the page shows a part of the text."""


def _is_longer(in_script: Sequence[Section], in_page: Sequence[Section]) -> bool:
    """Whether the page shows no text, or only a part of what its JSON-LD holds."""
    script_text = _key(" ".join(_texts(in_script)))
    page_text = _key(" ".join(section.text for section in in_page).rstrip("….[] "))
    if not page_text:
        return bool(script_text)
    return len(script_text) > len(page_text) + _MORE and page_text in script_text


def _unread(paragraphs: Sequence[str], sections: Sequence[Section], head: Head) -> tuple[str, ...]:
    """The paragraphs that neither the sections nor the head have."""
    article = _key(" ".join([head.headline or "", head.description or "", *_texts(sections)]))
    return tuple(text for text in paragraphs if _key(text) not in article and not is_offer(text))


def _texts(sections: Sequence[Section]) -> Iterator[str]:
    return (f"{section.headline or ''} {section.text}" for section in sections)


def _anchors(root: Any) -> dict[str, str]:
    """The fragments of headings, by their words."""
    anchors: dict[str, str] = {}
    for heading in root.iter("h2", "h3", "h4", "h5", "h6"):
        inside = (element.get("id") or element.get("name") for element in heading.iter("a", "span"))
        name = heading.get("id") or next(filter(None, inside), None)
        if name and not any(char.isspace() for char in name):
            anchors.setdefault(squeezed(heading), name)
    return anchors


_FURNITURE = re.compile(
    r"(?:chargement(?: en cours)?|loading)\W*"
    r"|(?:temps de lecture|lecture) ?:? ?\d+ ?min.*|\d+ min(?:utes?)? de lecture|ecouter l'article"
    r"|\d{1,2}:\d\d ?[/|-] ?\d{1,2}:\d\d"
    r"|ajouter a (?:mes|vos|la) (?:favoris|liste.*|selection)|.*a ete ajoute a vos favoris"
    r"|google news|continuez a lire votre article.*|deja abonne ?\?.*|il vous reste .{1,12}% a"
    r" decouvrir.*|(?:l')?adresse (?:url )?de (?:cet? |l')(?:article|page) ?: ?http\S+"
    r"|(?:partager|imprimer|envoyer)(?: (?:sur|par) \w+)?|lire plus|abonnez-vous"
    r"|\d+ (?:commentaires?|messages?)|(?:[←«‹<]|&larr;) ?retour\b.{0,60}"
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
    around_title = (head.alternative_headline or "").split(" · ")
    head_texts = {title, standfirst, *map(_key, (*around_title, *head.author))} - {""}
    names = tuple(
        filter(None, (head.headline, *head.author, *head.article_section, *head.keywords))
    )
    titled = [at for at, section in enumerate(sections[:3]) if _key(section.headline) == title]
    sections = _with_hours(sections[titled[0] if titled else 0 :], title)
    dated = _dated(sections)
    for place, section in enumerate(sections):
        section = _without_lines(section, place < 2, head_texts, names)
        if place == len(sections) - 1:
            section = _unsigned(section, head_texts)
        headline = section.headline
        if headline is not None and (
            _key(headline) in head_texts
            or _is_known(_key(headline), title, standfirst)
            or (place == dated and is_dateline(headline))
        ):
            headline = None
        if not section.text and not (headline and _has_deeper(section, sections[place + 1 :])):
            continue
        anchor = anchors.get("".join((headline or "").split()))
        level = section.level if headline else None
        yield replace(section, headline=headline, level=level, anchor=anchor)


def _dated(sections: Sequence[Section]) -> int | None:
    """The place of the heading that is the day of the article; a chronology has several."""
    days = [at for at, section in enumerate(sections) if is_dateline(section.headline or "")]
    is_above = len(days) == 1 and not any(section.text for section in sections[: days[0]])
    return days[0] if is_above else None


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
    """The last section without the signature of the article's authors, or the day of an edit."""
    text, _, last = section.text.rpartition("\n")
    if is_edit_line(last) and is_dateline(last):
        return replace(section, text=text)
    names = byline_names(last)
    return replace(section, text=text) if names and {*map(_key, names)} <= head_texts else section


_BY = re.compile(r"(?i)^(?:(?:par|by|de)\s+|(?:subject|sujet|objet)\s*:\s*)")
_MAILED = re.compile(
    r"(?i)(?:to|[àa]|cc|reply-to|message-id|list-id|in-reply-to)\s*: \S*(?:<|[^\s@]@)\S.*"
)
"""Headers of a mail, above its text."""


def _without_lines(
    section: Section, first: bool, head_texts: set[str], names: Sequence[str]
) -> Section:
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
        above = not begun and (_stands_above(line, head_texts) or is_entry_line(line, names))
        if is_furniture or above:
            cut = len(line) + 1
            embeds = [_moved(embed, cut, at) for embed in embeds if _keeps(embed, at, cut)]
            continue
        begun = begun or len(line) > 60
        at += len(line) + 1
        lines.append(line)
    return replace(section, text="\n".join(lines), embeds=tuple(embeds))


_STEPS = re.compile(r"\s*[>›»→]\s*|\s[/|]\s")
_HOME = re.compile(
    r"\W*(?:vous etes ici ?:? ?)?(?:page d')?(?:accueil|home)(?: du (?:site|forum))?\W*"
)
"""Where the way to the page begins: « Accueil > Fleuve > Le bac »."""
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])")


def _stands_above(line: str, head_texts: set[str]) -> bool:
    """Whether a line above the text is the article's title, byline or « réservé aux abonnés »."""
    if is_trade(line) or is_offer(line) or is_edit_notice(line) or _MAILED.fullmatch(line):
        return True
    *way, last = _STEPS.split(line)
    # « Accueil » may also begin a sentence
    is_said = "«" in line or line.endswith(".")
    if way and (_key(last) in head_texts or (_HOME.fullmatch(fold(key(way[0]))) and not is_said)):
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
    return letters(text or "")


_ELLIPSIS = re.compile(r"\s*[\[(]?(?:…|\.{3})[\])]?\s*")
_BEGUN = 90
"""Letters and digits by which a description is the beginning of the text."""


def standfirst_of(
    head: Head, sections: tuple[Section, ...]
) -> tuple[str | None, tuple[Section, ...]]:
    """Return the standfirst, and the sections without it.

    A description that is the title, or the beginning of the text, cut for search engines, is not a
    standfirst; a first heading as long as a paragraph is one.
    """
    described = (head.description or "").strip()
    start, least = _start(described)
    beginning = _key(" ".join(section.text for section in sections[:2])[:4000])
    is_beginning = len(start) > least and beginning.startswith(start[:_BEGUN])
    if start and not is_beginning and _key(described) != _key(head.headline):
        return described, sections
    first = sections[0] if sections else None
    if first is None or len(first.headline or "") < _LONG_HEADING:
        return None, sections
    body = replace(first, headline=None, level=None, anchor=None)
    return first.headline, (body, *sections[1:])


def _start(description: str) -> tuple[str, int]:
    """Return the letters of a description up to an ellipsis, and how many may be there by chance.

    What ends in an ellipsis was cut from the text. Machines may also be given both ends of a text,
    or its beginning and the name of its picture, around one.
    """
    piece, *after = _ELLIPSIS.split(description.lstrip(".…[]() "), maxsplit=1)
    if not after:
        return _key(piece), _BEGUN
    return _key(piece), _BEGUN // 2 if after[0] else 0
