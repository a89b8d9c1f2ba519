"""Where does an article stop, and the offer to pay for the rest of it begin?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from lxml import etree

from indexer.article import Section
from indexer.html.elements import short_text
from indexer.html.finder.comment_words import shown, words_of
from indexer.html.unseen import is_unseen
from indexer.text import INCLUSIVE_ENDING, Line, fold, is_paywall, key

_RESERVED = r"reservee?s? (?:a|aux) (?:nos |la |tous les )?(?:seuls )?(?:abonne|adherent)"
_READING = (
    r"(?:articles?|contenus?|textes?|suite|lecture|integralite|acces|editions?|dossiers?|pages?"
    r"|rubriques?|billets?|chroniques?|enquetes?|podcasts?|episodes?|videos?)"
)
_PAYING = re.compile(
    r"(?:vous (?:souhaitez|voulez|desirez|aimeriez) |envie d(?:e |'))?"
    r"(?:lire|decouvrir|connaitre) (?:la suite|cet article) ?\?.{0,120}"
    r"|achetez cet article.{0,80}"
    r"|.{0,60}\bcredits?\b.{0,30} pour lire (?:la suite|cet article).{0,30}"
    r"|debloquez (?:cet article|la suite|l'article|l'acces)\b.{0,80}"
    r"|(?:(?:lire|lisez) (?:cet article|la suite)|profitez de tous nos (?:articles|contenus))"
    r" en illimite\b.{0,60}"
    r"|(?:la (?:suite|lecture)|cet article|ce contenu)\b.{0,40} reservee?s? aux"
    r" (?:inscrit|membre)s?\b.{0,60}"
    r"|(?:(?:creez|ouvrez)\b.{0,20}\bcompte|inscrivez-vous|connectez-vous|identifiez-vous)\b"
    r"[^.!?]{0,40}\bpour (?:lire|continuer|poursuivre|acceder|decouvrir|debloquer)\b.{0,30}"
    r"\b(?:suite|lecture|article|integralite)\b.{0,60}"
    r"|this (?:post|article|story|content) is (?:only )?for (?:paid |paying )?"
    r"(?:subscribers|members).*"
    r"|(?:subscribe|sign (?:in|up)|log in)\b.{0,30} to (?:continue|keep) reading.{0,60}"
    r"|pour (?:lire|decouvrir|acceder a|poursuivre|continuer)\b.{0,30}\b(?:suite|lecture|article"
    r"|integralite)\b.{0,120}"
    r"|(?:lire|decouvrir|lisez|continuez|poursuivez|debloquez|accedez a)\b.{0,20}\b(?:la suite|cet"
    r" article|l'article|l'integralite|votre lecture|la lecture)\b.{0,80}\b"
    r"(?:abonn|compte|€|inscri).{0,60}"
    rf"|(?:.{{0,60}}\b{_READING}\b.{{0,40}})?\b{_RESERVED}.{{0,80}}"
    rf"|(?:il )?(?:vous )?reste .{{0,12}}\d ?% .{{0,40}}\b(?:{_READING}|lire|decouvrir)\b.{{0,40}}"
)
_MAYBE = re.compile(
    rf".{{0,90}}\b{_RESERVED}.{{0,80}}|(?:il )?(?:vous )?reste .{{0,12}}\d ?% .{{0,60}}"
    r"|vous avez (?:lu|atteint|consulte).{0,40}(?:articles?|limite).{0,80}"
    rf"|(?:(?:cet|ce|cette|l') ?)?{_READING}(?: est| reste)? payante?s?\b.{{0,80}}"
    r"|(?:il )?(?:vous )?reste (?:encore )?\d[\d ]* (?:mots|caracteres|signes|paragraphes|minutes)"
    r" (?:a|de) (?:lire|lecture|decouvrir)\b.{0,40}"
    r"|(?:s'abonner|abonnez-vous|je m'abonne|m'abonner|acheter cet? \w+)\b.{0,30}"
    r"\b\d+(?:[.,]\d\d?)? ?(?:€|eur|euros?|chf|fr\.)(?!\w).{0,40}"
)
"""« Les places sont réservées aux abonnés »: a sentence of a text that goes on behind it."""
_READER = (
    r"(?:abonnee?|inscrite?|cliente?|membre|adherente?|un compte|subscribed|a subscriber"
    r"|a member)s?(?: (?:a|to) .{1,40})?"
)
_LOGIN = re.compile(
    rf"(?:deja|already) {_READER} ?\?"
    rf"|(?:(?:vous etes|vous avez|deja|already) ){{0,2}}{_READER} ?[?!:,.]{{0,3}} ?"
    r"(?:cliquez|connectez|connexion|identifiez|se connecter|s'identifier|je me connecte|log in"
    r"|sign in)\b(?!.{0,30}comment)[^.]{0,60}\.?"
)
"""« Déjà abonné ? Connectez-vous »: an offer when it ends the text, not in the site's header."""
_MOST = 1200
"""Characters of all that an offer says: what is longer is the article, going on."""
_LONGEST = 220


def without_offer(sections: Sequence[Section]) -> tuple[tuple[Section, ...], bool]:
    """The sections up to the offer to pay for the rest, and whether there is one.

    >>> offer = Section("Pour lire la suite, créez votre compte", "1 € le premier mois")
    >>> [section.text for section in without_offer([Section(None, "Un texte."), offer])[0]]
    ['Un texte.']
    """
    length_after = sum(len(section.headline or "") + len(section.text) for section in sections)
    prose = _last_paragraph(sections)
    begins = _after_labels(sections)
    for place, section in enumerate(sections):
        title = section.headline or ""
        offer = is_offer(title) or (place > prose[0] and _may_be_offer(title))
        if length_after <= _MOST and place and offer:
            return tuple(sections[:place]), True
        length_after -= len(title)
        at = 0
        for line in section.text.split("\n"):
            offer = is_offer(line) or ((place, at) > prose and _may_be_offer(line))
            if length_after <= _MOST and (place, at) >= begins and (place or at) and offer:
                text = section.text[: max(0, at - 1)]
                embeds = tuple(embed for embed in section.embeds if embed.end <= len(text))
                return (*sections[:place], replace(section, text=text, embeds=embeds)), True
            length_after -= len(line)
            at += len(line) + 1
    return tuple(sections), False


_PARAGRAPH = 120


def _after_labels(sections: Sequence[Section]) -> tuple[int, int]:
    """Where the text begins, under labels such as « Article réservé aux abonnés »: section, offset.

    A text of several paragraphs cannot end before the first of them; an offer has one at most.
    """
    paragraphs = [
        (place, at)
        for place, section in enumerate(sections)
        for at, line in _lines(section.text)
        if len(line) >= _PARAGRAPH
    ]
    return paragraphs[0] if len(paragraphs) > 1 else (0, 0)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _last_paragraph(sections: Sequence[Section]) -> tuple[int, int]:
    """Where the last line begins that is as long as a paragraph: its section, its offset."""
    for place in range(len(sections) - 1, -1, -1):
        lines = sections[place].text.split("\n")
        at = len(sections[place].text)
        for line in reversed(lines):
            at -= len(line)
            if len(line) >= _PARAGRAPH:
                return place, at
            at -= 1
    return -1, 0


_WALL = frozenset(("paywall", "paywalls", "regwall"))
_AROUND = frozenset(("header", "nav", "aside", "footer"))
_ASKS = re.compile(r"\b(?:abonn|reserv|subscri|members only|connect|inscri|€|eur|chf|compte)")
_MOST_LINES = 40


def has_wall(furniture: Iterable[Any], block: Any) -> bool:
    """Whether an offer to pay for the rest of the article is among what is no part of its text.

    furniture: elements of the page, in any order. block: the element of the article's text.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<p>Un texte.<div class="paywall">Abonnez-vous</div>')
    >>> has_wall(page.iter("div"), page.find("body"))
    True
    """
    following = dict.fromkeys(_following(block))
    for element in (*furniture, *following):
        is_wall = bool(words_of(element) & _WALL)
        if not is_wall and element not in following and block not in element.iterancestors():
            continue
        lines = [" ".join(line.split()) for line in islice(element.itertext(), _MOST_LINES)]
        lines.append(short_text(element, _LONGEST))
        has_offer = any(is_offer(line) or _may_be_offer(line) for line in lines)
        if not has_offer and is_wall:
            has_offer = any(_ASKS.search(shown(line)) for line in lines if len(line) <= _LONGEST)
        above = (element, *element.iterancestors())
        if has_offer and not any(node.tag in _AROUND or is_unseen(node) for node in above):
            return True
    return False


_LEVELS = 3
"""Elements around the text under which an offer may follow it."""


def _following(block: Any) -> Iterator[Any]:
    """The two elements after the text, and after what is around it within its article."""
    for _ in range(_LEVELS):
        if block is None or block.tag in ("article", "main", "body", "html"):
            return
        yield from islice(block.itersiblings(etree.Element), 2)
        block = block.getparent()


def is_offer(text: str) -> bool:
    """Return whether a line, whatever stands around it, offers to pay for the rest of a text.

    >>> is_offer("Contenu réservé aux adhérents"), is_offer("Le bac est réservé aux piétons")
    (True, False)
    """
    if not text or len(text) > _LONGEST:
        return False
    return _PAYING.fullmatch(fold(key(text))) is not None or is_paywall(Line(1, text))


def _may_be_offer(text: str) -> bool:
    """Whether a line is an offer where no paragraph follows it."""
    if len(text) > _LONGEST:
        return False
    folded = fold(key(text))
    login = INCLUSIVE_ENDING.sub("", folded)
    return _MAYBE.fullmatch(folded) is not None or _LOGIN.fullmatch(login) is not None
