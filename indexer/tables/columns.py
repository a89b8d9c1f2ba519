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
from indexer.text import fold, key

_NAMES_OF_MEMBERS = {
    "titre": "titre title headline post_title sujet subject intitule name post_subject",
    "texte": "texte text body corps contenu content article_body articlebody post_content html"
    " body_html texte_article contenu_article article_text article_content full_text fulltext"
    " message bodytext pagetext post_text texte_de_l_article corps_de_l_article"
    " contenu_de_l_article corps_du_texte post_body texte_integral texte_complet raw_text",
    "date": "date date_publication date_de_publication published published_at date_published"
    " datepublished publication_date pub_date pubdate created created_at date_creation date_heure"
    " datetime horodatage timestamp created_utc publie_le paru_le createdat post_date posted_at"
    " date_parution post_dt jour date_article post_created created_time date_et_heure date_du_jour"
    " horodateur dateline post_time poster_time topic_time cree cree_le poste_le ecrit_le",
    "date-utc": "post_date_gmt date_gmt date_utc",
    "modification": "date_modification modified modified_at updated updated_at date_modified"
    " datemodified post_modified lastmod modifie_le maj date_maj updatedat last_modified"
    " mis_a_jour mise_a_jour date_mise_a_jour derniere_modification changed",
    "prenom": "prenom firstname first_name given_name",
    "nom": "lastname last_name family_name nom_de_famille nom_famille surname",
    "auteur": "auteur author auteurs authors pseudo nom_auteur auteur_nom author_name user username"
    " utilisateur user_name redacteur journaliste signature auteur_article article_author"
    " nom_affiche display_name created_by_alias post_username poster_name"
    " byline ecrit_par signataire signataires auteur_principal topic_first_poster_name",
    "url": "url lien link permalink permalien adresse href canonical_url",
    "id": "id identifiant numero uid uuid",
    "chapo": "chapo chapeau description resume summary excerpt post_excerpt standfirst extrait"
    " abstract teaser article_description abstract_note article_summary introtext post_summary"
    " resume_article body_summary",
    "accroche": "sous_titre soustitre surtitre subtitle accroche alternativeheadline",
    "rubrique": "rubrique rubriques categorie categories category section theme article_section"
    " articlesection rubrique_principale categorie_principale",
    "mots-cles": "mots_cles mots_clefs mot_cle tags tag keywords etiquettes manual_tags"
    " document_tags labels",
    "langue": "langue language lang in_language inlanguage",
    "editeur": "source editeur publisher journal media site publication_title"
    " journal_title titre_journal titre_presse nom_journal support",
    "nombre": "nb_commentaires nombre_de_commentaires nombre_commentaires comment_count"
    " comments_count num_comments commentcount nb_comments commentaires comments"
    " nbre_commentaires nbr_commentaires nb_comm",
    "commentaire": "commentaire comment comment_text comment_body comment_content"
    " texte_commentaire contenu_commentaire commentaire_texte texte_du_commentaire commenttext"
    " comment_body_value",
    "commentaire-id": "comment_id commentaire_id id_commentaire id_comment message_id commentid"
    " numero_commentaire",
    "commentaire-auteur": "comment_author auteur_commentaire commentaire_auteur"
    " auteur_du_commentaire comment_author_name commentateur commenter guest_name",
    "commentaire-date": "comment_date comment_dt date_commentaire commentaire_date"
    " date_du_commentaire comment_created_at comment_published_at submit_date",
    "commentaire-date-utc": "comment_date_gmt",
    "parent": "parent parent_id id_parent comment_parent reply_to in_reply_to reponse_a"
    " en_reponse_a parent_comment_id parentid comment_parent_id",
    "article": "article article_id id_article post_id id_post comment_post_id post story_id"
    " thread_id node_id nid id_objet objet_id page_id news_id articleid postid topic_id threadid"
    " id_topic object_id numero_article object_pk commentable_id",
    "article-url": "article_url url_article post_url article_link lien_article page_url uri"
    " link_article adresse_page adresse_article articleurl",
    "article-titre": "article_title titre_article article_titre titre_de_l_article"
    " titre_de_larticle article_headline thread_title intitule_article"
    " topic_title",
    "pour": "votes likes upvotes pour score jaime j_aime ups upvotecount nombre_likes nb_likes"
    " like_count likes_count isgood",
    "contre": "dislikes downvotes contre downs downvotecount nombre_dislikes nb_dislikes"
    " dislike_count ispoor",
    "heure": "heure time heure_publication heure_parution horaire heure_mise_en_ligne",
    # and all that `indexer.article.states` knows, several in one table
    "statut": "statut status",
    "type": "type nature",
    "type-article": "post_type type_article article_type",
    "type-commentaire": "comment_type type_commentaire",
    "retrolien": "comment_trackback retrolien is_pingback",
}
_BY_NAME = {name: member for member, names in _NAMES_OF_MEMBERS.items() for name in names.split()}
_SMALL_WORDS = "de du des d la le les l the of s e es x vers"
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words that no name needs: « Date de la parution », « Auteur(s) »."""
_CONTENTFUL = "fields_"
"""Before the names of an entry's own members, `fields.title`, beside those of the system."""
_ABOVE = frozenset(("article", "article-url", "article-titre"))
States = Sequence[tuple[str, str]]
"""The columns of states and their cells."""
MEMBERS = tuple(_NAMES_OF_MEMBERS)
"""What can be told of a column: `titre=Intitulé`."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
"""As programs that know no « _ » write it: `authorName`."""
_NUMBER = re.compile(r"(?i)\bn[°º]")
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

    def row(self, cells: Sequence[str]) -> dict[str, str]:
        """Return the members of a row, without blank cells.

        >>> columns(["Titre", "Texte", "n"]).row(["Sora", " "])
        {'titre': 'Sora'}
        """
        count = len(cells)
        members = {name: cells[at] for name, at in self.places.items() if at < count}
        members = {name: text for name, text in members.items() if text and not text.isspace()}
        named = filter(None, (members.pop("prenom", ""), members.pop("nom", "")))
        if whole := " ".join(named):
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
        states = [(name, cells[at] if at < count else "") for at, name in self.states.items()]
        private = (cells[at] for at in self.others if at < count and is_private_word(cells[at]))
        return [*states, *(("statut", text) for text in private)]


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
    places: dict[str, int] = {}
    for member, name in (assignments or {}).items():
        at = [place for place, heading in enumerate(names) if heading.strip() == name.strip()]
        at += [place for place, heading in enumerate(folded) if heading == plain(name)]
        if not at:
            raise CannotTell(f"il n'y a pas de colonne « {name} » ; il y a {_listed(names)}")
        places[member] = at[0]
    columns_read = set(places.values())
    # « published » says when only where no other column does
    in_doubt = [state_member(name) is not None for name in names]
    for place in sorted(range(len(names)), key=in_doubt.__getitem__):
        heading, name = folded[place], names[place]
        known_member = _member(heading) or _member(plain(_HUMP.sub("_", name)))
        if known_member is not None and place not in columns_read:
            places.setdefault(known_member, place)
    states = _states(places, names, assignments or {})
    comments = _settle(places, folded)
    if _is_message(places, folded):
        # what forums say of a post is said of one message, and not of its topic
        states = {at: f"{OF_MESSAGE}{name}" for at, name in states.items()}
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
    used_places = {*places.values(), *states}
    unused = [place for place in range(len(names)) if place not in used_places]
    unread = dict.fromkeys(names[place] for place in unused if names[place].strip())
    begun = "chapo" in places and folded[places["chapo"]] == "introtext"
    return Columns(places, comments, tuple(unread), states, tuple(unused), begun)


_NAMES = frozenset(("name", "nom"))
_TOPICS = ("topic_id", "threadid", "thread_id", "id_topic")
_MESSAGES = ("post_id", "postid", "id_msg")
"""Of the messages of phpBB, vBulletin and SMF, whose topics are what they are under."""
_PROGRAMS = (
    {"nid": "article", "cid": "commentaire-id", "pid": "parent"},
    {"entity_id": "article", "cid": "commentaire-id", "pid": "parent"},
    {"tid": "article", "pid": "commentaire-id", "replyto": "parent"},
    {"object_id": "article", "thread_id": ""},
    {"commentable_id": "article", "child_id": "parent"},
    {"external_ref": "article", "content": "texte", "uid": "commentaire-id"},
)
"""Of comments of Drupal 7 and 8, MyBB, JComments, Laravel Comments (4) and TYPO3 (comments 1.8),
whose names alone would say other things. What they call a subject, or a title, is the comment's.
"""
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
_DATED = re.compile(r"\d{4}|\d[/.-]\d")


def dated(layout: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """Return the columns with a date, when it is what says that something is published.

    « Mis en ligne le » is a state as « Publié » is, and nothing else in some tables says when.

    >>> dated(columns(["Titre", "Publié"]), [["Sora", "02/12/2024"]]).places
    {'titre': 0, 'date': 1}
    >>> dated(columns(["Titre", "Publié"]), [["Sora", "oui"]]).places
    {'titre': 0}
    """
    if not {"date", "date-utc"}.isdisjoint(layout.places):
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


def _settle(places: dict[str, int], folded: Sequence[str]) -> bool:
    """Whether rows are comments; names that say two things then say one."""
    for program in _PROGRAMS:
        if program.keys() <= set(folded):
            places |= {member: folded.index(name) for name, member in program.items() if member}
            own_words = places.pop("commentaire", None)
            if own_words is not None:
                places.setdefault("texte", own_words)
            break
    topic = next((folded.index(name) for name in _TOPICS if name in folded), None)
    message = next((folded.index(name) for name in _MESSAGES if name in folded), None)
    named_apart = places.get("article") not in (None, topic, message)
    if topic is not None and message is not None and not named_apart:
        places |= {"article": topic, "commentaire-id": message}
    above = not _ABOVE.isdisjoint(places)
    comments = "commentaire" in places or "commentaire-id" in places
    comments = comments or ("parent" in places and (above or "titre" not in places))
    if above and not comments and "texte" in places:
        # an article's own number and title, or those of the article a comment is under
        heading = folded[places["texte"]]
        holds_articles = re.search("article|post|integral|complet", heading) is not None
        holds_articles = holds_articles or not places.keys().isdisjoint(("chapo", "accroche"))
        comments = ("article" in places and "id" in places) or (
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
            titles = (at for at, heading in enumerate(folded) if _member(heading) == "titre")
            title = next((at for at in titles if at != author_place), None)
            if title is not None:
                places["titre"] = title
    if not comments:
        _name_apart(places, folded)
        if "article" in places:
            places.setdefault("id", places.pop("article"))
        for name in ("titre", "url"):
            if f"article-{name}" in places:
                places.setdefault(name, places.pop(f"article-{name}"))
    return comments


def _name_apart(places: dict[str, int], folded: Sequence[str]) -> None:
    """« Name » is a title where no other column is one, else who wrote.

    « Nom » is one of what has a text; without any, it is somebody's.
    """
    if "nom" in folded and "texte" in places:
        places.setdefault("titre", folded.index("nom"))
    at = places.get("titre")
    if at is None or folded[at] not in _NAMES:
        return
    titles = (place for place, heading in enumerate(folded) if _member(heading) == "titre")
    title = next((place for place in titles if folded[place] not in _NAMES), None)
    if title is not None:
        places["titre"] = title
        places.setdefault("auteur", at)


def _member(heading: str) -> str | None:
    """The member that a folded name is known for, with its small words or without them."""
    heading = heading.removeprefix(_CONTENTFUL)
    if (member := _BY_NAME.get(heading)) is not None:
        return member
    short = "_".join(word for word in heading.split("_") if word not in _SMALL)
    # « Publié » says whether, and « Publié le » when
    return None if short == heading or state_member(short) is not None else _BY_NAME.get(short)


def recognised(names: Sequence[str]) -> int:
    """Return how many of these names are those of columns that are known.

    >>> recognised(["Titre", "TEXTE", "Couleur"])
    2
    """
    members = {_member(plain(name)) or ("statut" if state_member(name) else None) for name in names}
    return len(members - {None})


def plain(name: str) -> str:
    """A column's name without capitals, accents and signs.

    >>> plain(" Date de\\u00a0Publication : "), plain("N° de l'article")
    ('date_de_publication', 'numero_de_l_article')
    """
    name = _NUMBER.sub("numero ", name[:200])
    return re.sub(r"[^a-z0-9]+", "_", fold(key(name))).strip("_")


def declared_columns(text: str) -> dict[str, str]:
    """Return the columns given at the command line. Raises ValueError with what is wrong.

    >>> declared_columns("titre=Intitulé, texte=Corps, suite")
    {'titre': 'Intitulé', 'texte': 'Corps, suite'}
    """
    assignments: dict[str, str] = {}
    for pair in _PAIR.split(text):
        name, equal, column = pair.partition("=")
        member = plain(name).replace("_", "-")
        member = member if member in _NAMES_OF_MEMBERS else _BY_NAME.get(plain(name), "")
        member = member or ("statut" if state_member(name) else "")
        if not equal or not column.strip():
            raise ValueError(f"« {pair.strip()} » n'est pas de la forme titre=Colonne")
        if not member:
            raise ValueError(f"« {name.strip()} » n'est aucun de : {', '.join(MEMBERS)}")
        assignments[member] = column.strip()
    return assignments


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"« {shorten(' '.join(name.split()), 40)} »" for name in names[:30]) or "rien"
