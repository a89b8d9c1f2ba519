"""Which column of a table holds which member of an article or of a comment?

The usual names are known, in French and in English, whatever their capitals, accents and
spaces; other names are told by whoever indexes: `titre=Intitulé,texte=Corps`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from indexer.article import OF_MESSAGE, MemberKind, is_private_word, state_member
from indexer.reporting import shorten
from indexer.tables.column_names import (
    BY_NAME,
    MEMBERS,
    NAMES_OF_MEMBERS,
    OPINIONS,
    known_member,
    member_named,
    plain,
)
from indexer.tables.program_columns import ProgramTable, program_table

ABOVE = frozenset(("article", "article-url", "article-titre", "article-slug"))
"""What a comment's row says of its article."""
States = Sequence[tuple[str, str]]
"""The columns of states and their cells."""
_PAIR = re.compile(r",(?=\s*[\w-]+\s*=)")


class CannotTell(ValueError):
    """Columns that are not understood; the sentence says which there are, and what to do."""


class Columns(NamedTuple):
    """`places`: the columns, from 0, by member. `comments`: whether some rows are comments.

    `states` are the columns that say what is published, by their places, and `others` the places
    of those that nobody knows. `begun`: whether the standfirst is the whole text of an article
    that has no other, as Joomla's `introtext` is.
    """

    places: dict[str, int]
    comments: bool
    unread: tuple[str, ...]
    states: Mapping[int, str] = MappingProxyType({})
    others: tuple[int, ...] = ()
    begun: bool = False
    meanings: Mapping[int, Mapping[str, str]] = MappingProxyType({})
    """What the values of a state mean, by its place, where they are a program's own."""

    def row(self, cells: Sequence[str]) -> dict[str, str]:
        """Return the members of a row, without blank cells.

        >>> columns(["Titre", "Texte", "n"]).row(["Sora", " "])
        {'titre': 'Sora'}
        """
        count = len(cells)
        members = {name: cells[at] for name, at in self.places.items() if at < count}
        members = {name: text for name, text in members.items() if text and not text.isspace()}
        names = filter(None, (members.pop("prenom", ""), members.pop("nom", "")))
        if whole := " ".join(names):
            members.setdefault("auteur", whole)
        if self.begun and "texte" not in members and "chapo" in members:
            members["texte"] = members.pop("chapo")
        return members

    def states_of(self, cells: Sequence[str]) -> States:
        """Return the publication states of a row, blank ones too, and a state out of its place.

        >>> columns(["Titre", "Statut", "Étape"]).states_of(["Sora", "", "Brouillon"])
        [('Statut', ''), ('statut', 'Brouillon')]
        """
        count = len(cells)
        states = [
            (name, self._meaning(at, cells[at] if at < count else ""))
            for at, name in self.states.items()
        ]
        private = (cells[at] for at in self.others if at < count and is_private_word(cells[at]))
        return [*states, *(("statut", text) for text in private)]

    def _meaning(self, at: int, cell: str) -> str:
        return self.meanings.get(at, {}).get(cell.strip(), cell)


def columns(names: Sequence[str], assignments: Mapping[str, str] | None = None) -> Columns:
    """Return the columns of a table, from its first row and from `--columns`.

    Raises CannotTell when there is neither a title nor a text.

    >>> columns(["Titre", "Corps", "Publié le"]).places
    {'titre': 0, 'texte': 1, 'date': 2}
    >>> columns(["A", "B"], {"titre": "A"}).unread
    ('B',)
    >>> columns(["title", "published", "date"]).places
    {'titre': 0, 'date': 2}
    """
    folded = [plain(name) for name in names]
    places = _places(names, folded, assignments or {})
    states = _states(places, names, assignments or {})
    program = program_table(folded)
    meanings = (
        {folded.index(name): words for name, words in program.states.items()} if program else {}
    )
    states |= {place: states.get(place, "statut") for place in meanings}
    if program is not None:
        _assign(program, places, folded)
    comments = _settle(places, folded)
    if _is_message(places, folded):
        # what forums say of a post is said of one message, and not of its topic
        states = {at: f"{OF_MESSAGE}{name}" for at, name in states.items()}
    _refuse_unknown(places, names, comments)
    used_places = {*places.values(), *states}
    unused = [place for place in range(len(names)) if place not in used_places]
    unread = dict.fromkeys(names[place] for place in unused if names[place].strip())
    begun = "chapo" in places and folded[places["chapo"]] == "introtext"
    return Columns(places, comments, tuple(unread), states, tuple(unused), begun, meanings)


def _places(
    names: Sequence[str], folded: Sequence[str], assignments: Mapping[str, str]
) -> dict[str, int]:
    """The place of each member, as `--columns` says, else by the names. Raises CannotTell."""
    places: dict[str, int] = {}
    for member, name in assignments.items():
        at = [place for place, heading in enumerate(names) if heading.strip() == name.strip()]
        at += [place for place, heading in enumerate(folded) if heading == plain(name)]
        if not at:
            raise CannotTell(f"il n'y a pas de colonne « {name} » ; il y a {_listed(names)}")
        places[member] = at[0]
    columns_read = set(places.values())
    # « published » says when only where no other column does
    in_doubt = [state_member(name) is not None for name in names]
    # « author » is whose these rows are, beside « page_author »
    composed = [heading not in BY_NAME for heading in folded]
    for _, _, place in sorted(zip(in_doubt, composed, range(len(names)), strict=True)):
        name_member = member_named(names[place])
        if name_member is not None and place not in columns_read:
            places.setdefault(name_member, place)
    if {"texte", "commentaire"} <= places.keys() and folded[places["commentaire"]] in OPINIONS:
        del places["commentaire"]
    return places


def _refuse_unknown(places: Mapping[str, int], names: Sequence[str], comments: bool) -> None:
    """Raises CannotTell when no column has a title nor a text, or none the words of comments."""
    if places.keys().isdisjoint(("titre", "texte", "commentaire", "article-titre")):
        examples = [name for name in names if name.strip()][:2]
        example = ",".join(map("=".join, zip(("titre", "texte"), examples, strict=False)))
        raise CannotTell(
            f"colonnes pas reconnues : {_listed(names)} ; dites ce qu'elles sont, par exemple "
            f'--columns "{example}"'
        )
    if comments and places.keys().isdisjoint(("texte", "commentaire")):
        raise CannotTell(
            f"aucune colonne n'a les mots de ces commentaires : {_listed(names)} ; dites laquelle "
            '(--columns "commentaire=…")'
        )


_NAMES = frozenset(("name", "nom"))
_TOPICS = ("topic_id", "threadid", "thread_id", "id_topic")
_MESSAGES = ("post_id", "postid", "id_msg")
"""Of the messages of phpBB, vBulletin and SMF, whose topics are what they are under."""
_KINDS_ABOVE = (
    ("objet", "id_objet"),
    ("object_group", "object_id"),
    ("entity_type", "entity_id"),
    ("commentable_type", "commentable_id"),
    ("object_type", "object_id"),
    ("target_type", "target_id"),
)
"""What a comment is under, beside its number: SPIP, JComments, Drupal 8, Laravel, and others."""
_MOMENTS = frozenset((MemberKind.APPEARS, MemberKind.HAS_APPEARED, MemberKind.TRUTH))
_OF_ARTICLES = re.compile("article|post|story|topic|billet|page(?!text)|integral|complet")
_DATES = frozenset(("date", "date-utc", "commentaire-date", "commentaire-date-utc"))
_DATED = re.compile(r"\d{4}|\d[/.-]\d")


def dated(layout: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """Return the columns with a date, when a state or an hour is what tells it.

    « Mis en ligne le » is a state as « Publié » is, and `time` may be a day with its hour; nothing
    else in some tables says when.

    >>> dated(columns(["Titre", "Publié"]), [["Sora", "02/12/2024"]]).places
    {'titre': 0, 'date': 1}
    >>> dated(columns(["Titre", "Publié"]), [["Sora", "oui"]]).places
    {'titre': 0}
    >>> dated(columns(["Titre", "Time"]), [["Sora", "2024-12-02 09:08"]]).places
    {'titre': 0, 'date': 1}
    """
    if not _DATES.isdisjoint(layout.places):
        return layout
    for place, name in layout.states.items():
        member = state_member(name)
        cells = [row[place] for row in rows if place < len(row) and row[place].strip()]
        if (
            member is not None
            and member.kind in _MOMENTS
            and any(map(_DATED.search, cells))
            and place not in layout.places.values()
        ):
            return layout._replace(places={**layout.places, "date": place})
    at = layout.places.get("heure")
    if at is not None and any(_DATED.search(row[at]) for row in rows if at < len(row)):
        places = {name: place for name, place in layout.places.items() if place != at}
        return layout._replace(places={**places, "date": at})
    return layout


def _states(
    places: dict[str, int], names: Sequence[str], assignments: Mapping[str, str]
) -> dict[int, str]:
    """Return the state columns by position; one that is nothing else is removed from `places`."""
    elsewhere = {places[member] for member in assignments if member != "statut"}
    states = {
        place: name
        for place, name in enumerate(names)
        if place not in elsewhere and state_member(name) is not None
    }
    if (place := places.pop("statut", None)) is not None:
        states.setdefault(place, "statut")
    return states


def _is_message(places: Mapping[str, int], folded: Sequence[str]) -> bool:
    """Whether the posts of these rows are messages under a topic."""
    at = places.get("commentaire-id")
    return at is not None and folded[at] in _MESSAGES


def _assign(program: ProgramTable, places: dict[str, int], folded: Sequence[str]) -> None:
    """Put in their places the members that a program calls otherwise."""
    program_members = {folded.index(name): member for name, member in program.members.items()}
    for member in [name for name, place in places.items() if place in program_members]:
        del places[member]
    places |= {member: place for place, member in program_members.items() if member}
    text_place = places.pop("commentaire", None)
    if text_place is not None:
        places.setdefault("texte", text_place)


def _settle(places: dict[str, int], folded: Sequence[str]) -> bool:
    """Whether rows are comments; names that say two things then say one."""
    topic = next((folded.index(name) for name in _TOPICS if name in folded), None)
    message = next((folded.index(name) for name in _MESSAGES if name in folded), None)
    named_apart = places.get("article") not in (None, topic, message)
    if topic is not None and message is not None and not named_apart:
        places |= {"article": topic, "commentaire-id": message}
    above = not ABOVE.isdisjoint(places)
    comments = "commentaire" in places or "commentaire-id" in places
    comments = comments or ("parent" in places and (above or "titre" not in places))
    if above and not comments and "texte" in places:
        # an article's own number and title, or those of the article a comment is under
        heading = folded[places["texte"]]
        holds_articles = _OF_ARTICLES.search(heading) is not None
        holds_articles = holds_articles or not places.keys().isdisjoint(("chapo", "accroche"))
        if ABOVE & places.keys() == {"article-titre"}:
            # a page that was collected has a title too
            holds_articles = holds_articles or "page" in folded[places["article-titre"]]
        names_of_both = ({"id", "article"}, {"slug", "article-slug"})
        comments = any(names <= places.keys() for names in names_of_both) or (
            "titre" not in places and not holds_articles
        )
    if comments:
        # a program's comments are on articles, and on anything else that it holds
        for kind, number in _KINDS_ABOVE:
            if kind in folded and number in folded:
                places["objet"] = folded.index(kind)
    author_place = next((at for at, heading in enumerate(folded) if heading in _NAMES), None)
    if comments and author_place is not None:
        # « Name », beside somebody's comment, is somebody
        if {"auteur", "commentaire-auteur"}.isdisjoint(places) or "username" in folded:
            places["auteur"] = author_place
        if places.get("titre") == author_place:
            del places["titre"]
            titles = (at for at, heading in enumerate(folded) if known_member(heading) == "titre")
            title = next((at for at in titles if at != author_place), None)
            if title is not None:
                places["titre"] = title
    if not comments:
        _name_apart(places, folded)
        if "article" in places:
            places.setdefault("id", places.pop("article"))
        for name in ("titre", "url", "slug"):
            if f"article-{name}" in places:
                places.setdefault(name, places.pop(f"article-{name}"))
    return comments


def _name_apart(places: dict[str, int], folded: Sequence[str]) -> None:
    """« Name » is a title where no other column is one, else who wrote.

    « Nom » is one of what has a text; without any, it is somebody's. A message has a name under it.
    """
    is_message = "texte" in places and folded[places["texte"]] == "message"
    if "nom" in folded and "texte" in places:
        places.setdefault("titre", folded.index("nom"))
    at = places.get("titre")
    if at is None or folded[at] not in _NAMES:
        return
    titles = (place for place, heading in enumerate(folded) if known_member(heading) == "titre")
    title = next((place for place in titles if folded[place] not in _NAMES), None)
    if title is not None:
        places["titre"] = title
    elif is_message:
        del places["titre"]
    if title is not None or is_message:
        places.setdefault("auteur", at)


def recognised(names: Sequence[str]) -> int:
    """Return how many of these names are those of columns that are known.

    >>> recognised(["Titre", "TEXTE", "Couleur"])
    2
    """
    members = {
        known_member(plain(name)) or ("statut" if state_member(name) else None) for name in names
    }
    return len(members - {None})


def declared_columns(text: str) -> dict[str, str]:
    """Return the columns given at the command line. Raises ValueError with what is wrong.

    >>> declared_columns("titre=Intitulé, texte=Corps, suite")
    {'titre': 'Intitulé', 'texte': 'Corps, suite'}
    """
    assignments: dict[str, str] = {}
    for pair in _PAIR.split(text):
        name, equal, column = pair.partition("=")
        member = plain(name).replace("_", "-")
        member = member if member in NAMES_OF_MEMBERS else known_member(plain(name)) or ""
        member = member or ("statut" if state_member(name) else "")
        if not equal or not column.strip():
            raise ValueError(f"« {pair.strip()} » n'est pas de la forme titre=Colonne")
        if not member:
            raise ValueError(f"« {name.strip()} » n'est aucun de : {', '.join(MEMBERS)}")
        assignments[member] = column.strip()
    return assignments


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"« {shorten(' '.join(name.split()), 40)} »" for name in names[:30]) or "rien"
