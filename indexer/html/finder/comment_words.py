"""Which words of a page's markup and of its text speak of comments?

They are data, in `comment_words.toml`: those of classes and ids, and those of buttons, in French
and in English.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from indexer.html.elements import short_text
from indexer.html.unseen import is_unseen
from indexer.text import fold, key

_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
"""Between two words; names that are made at random ("cJcBfg") have none."""
_NOT_LETTERS = re.compile(r"[^a-z]+")


@lru_cache(maxsize=50_000)
def tokens_of(name: str) -> frozenset[str]:
    """The words in a class or an id.

    >>> sorted(tokens_of("wpd-comment commentAuthor_12"))
    ['author', 'comment', 'wpd']
    """
    return frozenset(_NOT_LETTERS.split(fold(_CAMEL.sub(" ", name[:400])))) - {""}


_NONE: frozenset[str] = frozenset()


def words_of(element: Any) -> frozenset[str]:
    """The words in an element's class, id, and what stands for them in tests of programs.

    Not those of an id made of a heading that says more than what themes call their blocks.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<div id="comment-voter"><h2>Comment voter ?</h2>'
    ...     '</div><div id="vos-reactions"><h2>Vos réactions</h2></div>')
    >>> [sorted(words_of(element)) for element in page.iter("div")]
    [[], ['reactions', 'vos']]
    """
    attributes = element.attrib
    if not attributes:
        return _NONE
    names = [attributes[name] for name in _NAMING if name in attributes]
    if heading_of_id(element) - _OF_BLOCKS:
        names.remove(attributes["id"])
    return tokens_of(" ".join(names)) if names else _NONE


_NAMING = ("class", "id", "data-testid", "data-qa", "role")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def heading_of_id(element: Any) -> frozenset[str]:
    """The words of the heading that its id is made of, its own or its first children's; or none.

    Markdown, Sphinx, pandoc and WordPress (`h-comment-voter`) name headings and sections so.
    """
    name = element.attrib.get("id")
    if not name:
        return _NONE
    # asked again for each comment, of what holds thousands
    first = (element, *islice(element.iterchildren(), 3))
    heading = next((child for child in first if child.tag in _HEADINGS), None)
    if heading is None:
        return _NONE
    text = short_text(heading, 300)
    is_same = _letters(text) in (_letters(name), _letters(name.removeprefix("h-")))
    return tokens_of(text) if is_same else _NONE


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", fold(text))


_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_WORDS = {name: frozenset(words.split()) for name, words in _DATA.items() if name != "button"}
THREAD, MAYBE_THREAD = _WORDS["thread"], _WORDS["maybe_thread"]
ELSEWHERE, LIVE, POSTS = (_WORDS[name] for name in ("elsewhere", "live", "posts"))
RATING, PING = _WORDS["rating"], _WORDS["ping"]
_PROGRAMS = _WORDS["programs"]
_BY_PROGRAMS = frozenset(("widget", "widgets"))
_PAIRS = ({"most", "read"}, {"plus", "lus"}, {"lire", "aussi"}, {"read", "also"}, {"voir", "aussi"})
AUTHOR, MAYBE_AUTHOR = _WORDS["author"], _WORDS["maybe_author"]
NOT_AUTHOR = _WORDS["no_author"]
DATE, TITLE, ROLE, PARENT = (_WORDS[name] for name in ("date", "title", "role", "parent"))
VARYING, SIGNATURE = _WORDS["varying"], _WORDS["signature"]
_OF_BLOCKS = ELSEWHERE.union(THREAD, MAYBE_THREAD, _WORDS["no_thread"], _WORDS["of_blocks"])


def is_elsewhere(element: Any) -> bool:
    """Return whether its names say that an element shows other articles.

    A program of comments may call its own blocks widgets.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<div class="fyre-widget"></div>'
    ...     '<div class="widget_recent_comments"></div>')
    >>> [is_elsewhere(element) for element in page.iter("div")]
    [False, True]
    """
    words = words_of(element)
    elsewhere = words & ELSEWHERE
    if elsewhere and not (elsewhere <= _BY_PROGRAMS and words & _PROGRAMS):
        return True
    return any(pair <= words for pair in _PAIRS)


def thread_hint(element: Any) -> int:
    """How much its names say that an element holds a thread: 2 surely, 1 maybe, 0 not.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<div id="comments"><p class="comments-link">')
    >>> [thread_hint(element) for element in page.iter("div", "p")]
    [2, 0]
    """
    words = words_of(element)
    if not words:
        return 0
    denied = words & _WORDS["no_thread"]
    if denied and not (denied <= _BY_PROGRAMS and words & _PROGRAMS):
        return 0
    return 2 if words & THREAD else 1 if words & MAYBE_THREAD else 0


BUTTON = re.compile("|".join(_DATA["button"]))
"""What a comment's buttons and marks say, folded: nobody's words."""
_MARKS = re.compile(r"[\W\d_]*(?:n|no|nr|num)?[\W\d_]*")
_ANSWER = r"(?:re?pondre|reply|citer|quote|signaler|report|flag|alerter)\b"
ANSWERING = re.compile(_ANSWER + r".{0,40}")
IN_REPLY = re.compile(
    r"(?:en reponse (?:a|au)|reponse (?:a|au)|in reply to|replying to|a repondu a|replied to"
    r"|repond a)\b[\s:@«\"]*(.{0,60})"
)
_DELETED = re.compile(
    r"\W{0,3}(?:(?:(?:ce|cette|le|la|this) )?(?P<what>commentaire|message|contenu|contribution|post"
    r"|reaction|reponse|comment|reply)\b\W{0,3})?(?:(?:a ete|est|has been|was|is) )?"
    r"(?:(?:supprimee?|effacee?|retiree?|moderee?|masquee?|censuree?|deleted|removed|hidden)\b"
    r"|n'est plus (?:disponible|visible|accessible|en ligne)\b|(?:jugee? )?non conforme\b)"
    r"(?P<why>,? (?:par|by|car|pour|suite|en raison|a|conformement|apres|because|due|le \d|on|for)"
    r"\b[^.!?;]{1,80})?\W{0,3}"
)
_BY_WHOM = re.compile(
    r"(?:par|by) (?:(?:la|un|une|le|les|son|l'|the|a|its|notre) ?)?(?:equipe de )?"
    r"(?:moderat\w+|auteur\w*|autrice|redaction|author|admin\w*|utilisat\w+|user|owner)"
)


def is_deletion_notice(text: str) -> bool:
    """Return whether a text stands for words that were taken away, and is nobody's.

    >>> is_deletion_notice("Ce commentaire a été supprimé par la modération.")
    True
    >>> is_deletion_notice("[supprimé]"), is_deletion_notice("Supprimé de la carte, ce bac !")
    (True, False)
    >>> is_deletion_notice("Commentaire supprimé hier, et pourquoi ?")
    False
    """
    match = _DELETED.fullmatch(shown(text)) if len(text) < 160 else None
    if match is None:
        return False
    # without « commentaire », a reader may say so of anything
    return bool(match["what"] or not match["why"] or _BY_WHOM.match(match["why"].lstrip(" ,")))


_ACTION = re.compile(
    rf"(?:{_ANSWER}(?: (?:a|au|to|ce|cet|cette|un|le|this|en|avec|with|abuse)\b.{{0,40}})?"
    r"|partager|share|permalien|permalink|lien permanent|je? ?n?.?aime(?: pas)?|like|voter"
    r"|recommander)"
)


def is_action(text: str) -> bool:
    """Return whether a link says what is done to a comment, and nothing of its words.

    >>> is_action("Répondre à Zoé"), is_action("↩ Répondre"), is_action("Répondre est inutile")
    (True, True, False)
    """
    return _ACTION.fullmatch(shown(text).strip(" .:·•|/()[]<>«»↩↪→←-–—")) is not None


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return fold(key(" ".join(text.split())))


def shown(text: str) -> str:
    """A text as words are compared with it: one line, folded, small letters."""
    # the same labels, names and dates come again and again in a thread
    return _folded(text) if len(text) < 200 else _folded.__wrapped__(text)


_SENTENCE = re.compile(
    r"\S+ \S.*[^\W\d_] ?[!?]\W*$|(?:\S+ ){3,}\S+[.…]\W*$|[^\W\d_],? ?[,;:!?] [^\W\d_]+ [^\W\d_]"
)
_OF_BUTTONS = re.compile(
    r"\b(?:comment\w*|repond\w*|reponses?|messages?|reagi\w*|poster|repl(?:y|ies)|abus|contenus?"
    r"|moderat\w+)\b"
)


@lru_cache(maxsize=20_000)
def is_button(text: str) -> bool:
    """Return whether a text of a comment is a button, a number or a mark.

    No sentence is one, unless it is about comments: « Signaler ce message à la modération. »

    >>> is_button("Répondre"), is_button("#12"), is_button("Je réponds"), is_button("J’aime")
    (True, True, False, True)
    >>> is_button("Signaler un abus"), is_button("Envoyer la facture au maire.")
    (True, False)
    """
    folded = shown(text)
    if _SENTENCE.search(folded) and not _OF_BUTTONS.search(folded):
        return False
    folded = folded.strip(" .:·•|/()[]<>«»↩↪→←▲▼👍👎-–—,;!")
    return not folded or (
        len(folded) < 90 and bool(_MARKS.fullmatch(folded) or BUTTON.fullmatch(folded))
    )


_UNFOLDING = re.compile(
    r"(?:lire|voir|afficher) (?:la suite|plus|tout|davantage)|en (?:lire|voir) plus"
    r"|(?:read|see|show|view) (?:more|all)"
)


def is_unfolding(text: str) -> bool:
    """Return whether the text of a link says that it shows the rest of a comment.

    >>> is_unfolding("Voir plus"), is_unfolding("[Lire la suite…]"), is_unfolding("Voir plus loin")
    (True, True, False)
    """
    folded = shown(text).strip(" .:·•|/()[]<>«»→…+-–—")
    return _UNFOLDING.fullmatch(folded) is not None


_ACTING = frozenset(
    ("report", "reply", "replies", "repondre", "signaler", "flag", "toggle", "action", "actions")
)


def is_named_button(element: Any) -> bool:
    """Return whether the classes of an element make it a button, though its tag does not.

    >>> import lxml.html
    >>> is_named_button(lxml.html.fragment_fromstring('<i class="report">Signaler</i>'))
    True
    """
    return bool(words_of(element) & _ACTING) and is_button(short_text(element, 60) or "a text")


_TRANSLATED = frozenset(("translation", "translated", "traduction"))


def is_hidden_translation(element: Any) -> bool:
    """Return whether an element is the translation of a comment, hidden until it is asked for."""
    return bool(words_of(element) & _TRANSLATED) and is_unseen(element)
