"""Which elements of a page are the site's, and no part of its article?

Tags, roles and names tell; what nobody sees is none of it either. An element that holds most of
the page's text is never furniture, whatever it is called.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from indexer.html.elements import short_text
from indexer.html.finder.comment_words import (
    heading_of_id,
    is_elsewhere,
    shown,
    thread_hint,
    words_of,
)
from indexer.html.inline import INLINE
from indexer.html.unseen import is_unfolded, is_unseen

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_NAMES, _TEXT, _SURE = (frozenset(_WORDS[name].split()) for name in ("names", "text", "sure"))
_AMBIGUOUS, _NEUTRAL = (frozenset(_WORDS[name].split()) for name in ("ambiguous", "neutral"))
_PAIRS = tuple(frozenset(pair.split("-")) for pair in _WORDS["pairs"].split())
_TAGS = frozenset(("nav", "footer", "form", "button", "dialog", "select", "textarea", "menu"))
_ROLES = frozenset(("navigation", "search", "banner", "contentinfo", "dialog", "complementary"))


def is_furniture(element: Any) -> bool:
    """Return whether an element's tag, role or names say that it is the site's.

    >>> import lxml.html
    >>> is_furniture(lxml.html.fragment_fromstring('<div class="share-buttons">x</div>'))
    True
    """
    if element.tag in _TAGS and not _is_of_text(element):
        return True
    if element.get("role") in _ROLES or (is_unseen(element) and not is_unfolded(element)):
        return True
    if element.tag in _PARAGRAPHS and thread_hint(element) < 2:
        names = words_of(element) & _NAMES
        if names and names <= _AMBIGUOUS and _says_more(element) and is_prose(element):
            return False
    if element.tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "em", "strong"):
        if heading_of_id(element):
            return False
        words = words_of(element)
        furniture_words = words & (_NAMES - {"tag", "text", "push"}) or words >= _READ_ALOUD
        return bool(furniture_words and element.tag != "h1")
    words = words_of(element)
    if not words:
        return False
    if thread_hint(element) == 2 or is_elsewhere(element):
        return True
    if words & _SURE or any(pair <= words for pair in _PAIRS):
        return True
    return bool(words & _NAMES) and not (words & _TEXT and len(words & _NAMES) < 2)


def _says_more(element: Any) -> bool:
    """Whether a box of paragraphs is called more than an ambiguous word: `don-du-sang`."""
    return element.find("p") is None or bool(words_of(element) - _AMBIGUOUS - _NEUTRAL)


def _is_of_text(element: Any) -> bool:
    """Whether a button is a heading that unfolds what follows, or a footer signs a quotation."""
    parent = element.getparent()
    tag = None if parent is None else parent.tag
    if element.tag == "button":
        return tag in UNFOLDING_HEADINGS
    return element.tag == "footer" and tag == "blockquote"


UNFOLDING_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6", "summary"))
"""What may hold the button that unfolds what follows."""
_READ_ALOUD = frozenset(("screen", "reader"))
"""Of `screen-reader-only`: words for those who listen, shown otherwise to those who look."""
_PARAGRAPHS = ("p", "div", "blockquote", "li", "section")
_PROSE = 80
"""Characters of a paragraph that says something."""


def is_prose(element: Any) -> bool:
    """Return whether an element is paragraphs of sentences and no more, hardly any of it in links.

    >>> import lxml.html
    >>> is_prose(lxml.html.fragment_fromstring("<p>Le bac a repris son service ce matin, après"
    ...     " trois semaines de travaux sur la rive droite.</p>"))
    True
    """
    if (
        len(element)
        and not (element.text or "").strip()
        and all(child.tag == "p" and not (child.tail or "").strip() for child in element)
    ):
        return all(map(is_prose, element))
    text = short_text(element, 5000)
    if len(text) < _PROSE or text.rstrip(' »"”)')[-1:] not in ".!?…" or is_promotion(text):
        return False
    if any(inner.tag not in INLINE for inner in element.iterdescendants("*")):
        return False
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    return linked * 4 < len(text)


_FIRST_PERSON = r"\b(?:notre|nos|nous|votre|vos)\b"
_LETTERS = r"\b(?:newsletters?|infolettres?|lettres? (?:d'infos?(?:rmations?)?|quotidienne|hebdo))"
_NETWORKS = (
    r"\b(?:whatsapp|telegram|facebook|instagram|twitter|youtube|tiktok|linkedin|threads|bluesky"
    r"|mastodon|google (?:news|actualites?|discover))\b"
)
_SLIPS = r"(?:erreurs?|fautes?|coquilles?)\b"
_PROMOTION = re.compile(
    r"(?:a |pour .{1,60}, )?(?:recevez|inscrivez-vous|abonnez-vous|souscrivez|ne (?:manquez"
    rf"|ratez))\b.{{0,80}}{_LETTERS}\b.{{0,120}}"
    r"|(?:(?:et )?(?:suivez|rejoignez|retrouvez|abonnez-vous|recevez|telechargez|installez)"
    rf"(?=.{{0,120}}{_FIRST_PERSON}|-nous)).{{0,120}}(?:{_NETWORKS}|\bappli(?:cation)?s?\b).{{0,100}}"
    r"|telechargez (?:gratuitement )?l'appli.{0,80}"
    r"|(?:suivez|retrouvez) (?:toute )?(?:l'(?:actualite|info)|les (?:actualites|infos))\b.{0,80}"
    rf"\b(?:sur|via|avec) {_NETWORKS}\W*"
    r"|(?:vous avez |avez-vous )?(?:repere|trouve|vu|constate|remarque|releve|detecte|signaler)"
    rf" (?:un|une|des) {_SLIPS}(?: \w+){{0,5}}(?: ?\?.{{0,80}})?"
    rf"|une? {_SLIPS}(?: \S+){{0,6}} ?\? ?(?:signalez|ecrivez|contactez|prevenez|dites)\b.{{0,80}}"
    rf"|vous recevez (?:ce|cet|cette) (?:e-?mail|message|courriel|lettre|newsletter)\b.{{0,160}}"
    r"|(?:(?:se|me|vous) )?(?:desabonner|desinscrire)(?: ici)?\W*"
    r"|(?:voir|lire|afficher|ouvrir|consulter)\b.{0,60}\b(?:dans|avec) "
    r"(?:votre |le |un )?navigateur\W*"
    r"|(?:©|\(c\)|copyright\b).{0,60}(?:\b(?:19|20)\d\d\b|\bdroits\b.{0,30}\breserves"
    r"|\breprodu).{0,80}"
    r"|(?:tous )?droits (?:de reproduction (?:et de \w+ )?)?reserves\b.{0,80}"
    r"|(?:toute )?reproduction\b.{0,60}\binterdite\b.{0,80}"
)


def is_promotion(text: str) -> bool:
    """Whether a line only invites to the site's letters, networks or application, or is its ©.

    >>> is_promotion("Rejoignez notre chaîne WhatsApp."), is_promotion("© La Gazette 2024")
    (True, True)
    >>> is_promotion("Vous recevez ce message parce que vous êtes abonné. Se désabonner")
    True
    >>> is_promotion("Une coquille ? Écrivez-nous."), is_promotion("Une erreur de casting ?")
    (True, False)
    >>> is_promotion("Il suit notre chaîne WhatsApp."), is_promotion("© Zoé Roy")
    (False, False)
    """
    return len(text) < 200 and _PROMOTION.fullmatch(shown(text)) is not None


def is_text_named(element: Any) -> bool:
    """Return whether an element's names are those of an article's text, or of its notes."""
    return bool(words_of(element) & _TEXT)


_LABELS = "|".join(_WORDS["labels"])
_RELATED = re.compile(_LABELS)
_BARE = re.compile(re.sub(r"\.\{0,\d+\}", "", _LABELS))
_OURS = re.compile(
    r"(?=(?:\S+ ){0,5}\S+$)(?!.*,).*\b(?:nous|notre|cet? article|cette page|inscri|abonn)"
)


_SENTENCE = re.compile(r"(?:\S+ ){5,}\S+\.")
_ASKING = re.compile(r"\b(?:vous|nous|votre|vos|notre|nos|article)\b")


def is_label(text: str) -> bool:
    """Return whether a short text announces other articles, sharing or newsletters.

    >>> is_label("À lire aussi"), is_label("Sources"), is_label("Les plus lus")
    (True, False, True)
    >>> is_label("Partager sur Mastodon"), is_label("Partage des terres")
    (True, False)
    >>> is_label("Tags Mairie Pont"), is_label("La newsletter du maire fait débat.")
    (True, False)
    """
    folded = shown(text)
    if _SENTENCE.fullmatch(folded) and not _ASKING.search(folded):
        return False
    return len(text) < 120 and _RELATED.fullmatch(folded.rstrip(" :!.")) is not None


def is_surely_label(text: str) -> bool:
    """Return whether a label is one wherever it stands: no sentence goes on with its words.

    >>> [is_surely_label(text) for text in ("À lire aussi", "Soutenez notre journal", "Tags :")]
    [True, True, True]
    >>> is_surely_label("Vous aimerez ce village et ses ruelles")
    False
    """
    folded = shown(text).rstrip(" :!.")
    return _BARE.fullmatch(folded) is not None or _OURS.match(folded) is not None


_ASKS = re.compile(r".*\bnewsletters?\b.*|soutenez\b.*|faire un don\b.*|suivez-nous\b.*")


def is_request(text: str) -> bool:
    """Return whether a label asks to subscribe, to give or to follow, and announces nothing.

    >>> is_request("Inscrivez-vous aux newsletters du Bac"), is_request("À lire aussi")
    (True, False)
    """
    return _ASKS.fullmatch(shown(text)) is not None


_ALSO = re.compile(
    r"(?:a )?(?:re)?(?:lire|voir|ecouter|decouvrir)(?: aussi| egalement|,? a ce sujet)? ?[:|«–-].*"
    r"|(?:a )?(?:re)?(?:lire|voir|ecouter|decouvrir) (?:aussi|egalement)\b.*"
)
_OUR_OTHERS = re.compile(
    r"(?:a )?(?:re)?(?:lire|lisez|voir|voyez|ecouter|ecoutez|trouvez|decouvrez|consultez)"
    r" (?:ici |aussi )?(?:notre|nos|tous|toutes?|la|le|les|l')\b.{1,120}"
)
_SIGNS = re.compile(r"^[^\w«\"]+")


def leads_elsewhere(element: Any) -> bool:
    """Return whether a paragraph is nothing but "Lire aussi : …" and its link.

    >>> import lxml.html
    >>> lines = ("&gt;&gt; Lire aussi. <a>Le bac</a>", "Lire notre récit : <a>Qui paie ?</a>",
    ...     "Lire notre enquête coûte du temps, dit <a>Le bac</a>.")
    >>> [leads_elsewhere(lxml.html.fragment_fromstring(f"<p>{text}</p>")) for text in lines]
    [True, True, False]
    """
    text = _SIGNS.sub("", shown(short_text(element, 300)))
    if _ALSO.fullmatch(text):
        return next(element.iter("a"), None) is not None
    if text.rstrip(" ])»").endswith((".", "…")) or _OUR_OTHERS.fullmatch(text) is None:
        return False
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    return linked * 3 >= len(text)
