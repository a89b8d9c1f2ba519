"""Under which names is each member of a row known, in French and in English?

Whatever their capitals, accents, signs and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.article import state_member
from indexer.text import fold, key

NAMES_OF_MEMBERS = {
    "titre": "titre title headline post_title sujet subject intitule name post_subject",
    "texte": "texte text body post_content corps contenu content articlebody html body_html"
    " full_text fulltext message bodytext pagetext corps_du_texte texte_integral texte_complet"
    " raw_text cooked",
    "date": "date date_publication date_de_publication published published_at date_published"
    " datepublished publication_date pub_date pubdate created created_at date_creation date_heure"
    " datetime horodatage timestamp created_utc publie_le paru_le createdat posted_at"
    " date_parution post_date date_article article_date post_created post_dt jour created_time"
    " date_et_heure date_du_jour horodateur dateline post_time poster_time topic_time cree"
    " poste_le ecrit_le posted eventtime le",
    "date-utc": "post_date_gmt date_gmt date_utc",
    "modification": "date_modification modified modified_at updated updated_at date_modified"
    " datemodified post_modified lastmod modifie_le maj date_maj updatedat last_modified"
    " mis_a_jour mise_a_jour date_mise_a_jour derniere_modification changed",
    "prenom": "prenom firstname first_name given_name",
    "nom": "lastname last_name family_name nom_famille surname",
    "auteur": "auteur author auteurs authors pseudo user username utilisateur redacteur"
    " journaliste signature auteur_article article_author nom_affiche display_name"
    " created_by_alias post_username poster_name byline ecrit_par signataire signataires"
    " auteur_principal topic_first_poster_name poster nick nickname internaute lecteur"
    " contributeur participant",
    "url": "url lien link permalink permalien adresse href canonical_url",
    "id": "id identifiant numero uid uuid",
    "chapo": "chapo chapeau description resume summary excerpt standfirst extrait abstract teaser"
    " abstract_note introtext body_summary",
    "accroche": "sous_titre soustitre surtitre subtitle accroche alternativeheadline",
    "rubrique": "rubrique rubriques categorie categories category section theme article_section"
    " articlesection rubrique_principale categorie_principale",
    "mots-cles": "mots_cles mots_clefs mot_cle tags tag keywords etiquettes manual_tags"
    " document_tags labels",
    "langue": "langue language lang in_language inlanguage",
    "editeur": "source editeur publisher journal media site publication_title journal_title"
    " titre_journal titre_presse nom_journal support",
    "nombre": "nb_commentaires nombre_commentaires comment_count comments_count num_comments"
    " commentcount nb_comments commentaires comments nbre_commentaires nbr_commentaires nb_comm",
    "commentaire": "commentaire comment commenttext comment_content comment_body_value reaction"
    " avis contribution",
    "commentaire-id": "comment_id commentaire_id message_id commentid",
    "commentaire-auteur": "comment_author commentateur commenter guest_name comment_from",
    "commentaire-date": "comment_date date_commentaire comment_dt comment_published_at submit_date"
    " commente_le",
    "commentaire-date-utc": "comment_date_gmt",
    "parent": "parent parent_id comment_parent parentid reponse_a",
    "article": "article article_id post_id comment_post_id post thread_id topic_id id_topic"
    " page_id node_id nid id_objet objet_id news_id articleid postid threadid object_id object_pk"
    " commentable_id",
    "article-url": "article_url post_url uri articleurl page_key",
    "article-titre": "article_title titre_article titre_de_larticle",
    "slug": "slug post_name url_title url_slug alias handle",
    "article-slug": "article_slug post_slug page_slug entry_slug",
    "pour": "votes likes upvotes pour score jaime j_aime ups upvotecount nombre_likes nb_likes"
    " like_count likes_count isgood",
    "contre": "dislikes downvotes contre downs downvotecount nombre_dislikes nb_dislikes"
    " dislike_count ispoor",
    "heure": "heure time heure_publication heure_parution horaire heure_mise_en_ligne",
    # and all that `indexer.article.states` knows, several in one table
    "statut": "statut status",
    "type": "type nature",
    "type-article": "post_type type_article article_type",
    "type-commentaire": "comment_type",
    "retrolien": "comment_trackback retrolien is_pingback",
}
BY_NAME = {name: member for member, names in NAMES_OF_MEMBERS.items() for name in names.split()}
_SMALL_WORDS = "de du des d la le les l the of s e es x vers au"
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words that no name needs: « Date de la parution », « Auteur(s) »."""
_CALLED = (
    "name nom full_name fullname display_name displayname nickname nick pseudo pseudonyme username"
    " user_name nom_affiche nom_complet screen_name"
)
_PERSONS = frozenset(_CALLED.split())
"""What is said of somebody is how they are called."""
_ABOVE = {"url": "article-url", "titre": "article-titre", "slug": "article-slug"}
_WHOLE = _ABOVE | {name: name for name in ("texte", "chapo", "auteur", "date")}
_OF_COMMENT = {
    "texte": "commentaire",
    "auteur": "commentaire-auteur",
    "id": "commentaire-id",
    "date": "commentaire-date",
    "date-utc": "commentaire-date-utc",
    "type": "type-commentaire",
    **{name: name for name in ("heure", "parent", "pour", "contre")},
    **{f"article{end}": f"article{end}" for end in ("", "-url", "-titre", "-slug")},
}
_OWNERS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("parent", "", {"id": "parent", "commentaire-id": "parent", "commentaire": "parent"}),
    # somebody has a number too, and it is no comment's
    (
        "lecteur lectrice internaute reader visiteur commenter commentateur",
        "commentaire-auteur",
        {"texte": "commentaire", "commentaire": "commentaire"},
    ),
    ("comment commentaire contribution reaction", "commentaire-auteur", _OF_COMMENT),
    ("message", "commentaire-auteur", _OF_COMMENT),
    ("article story billet", "", _WHOLE | {"id": "article"}),
    # the number of a page is where it was printed
    ("page discussion", "", _WHOLE),
    # WordPress has a number for its author, phpBB too
    ("post", "", _ABOVE | {"id": "article", "texte": "texte", "chapo": "chapo"}),
    ("topic", "", _ABOVE | {"texte": "texte"}),
    # the first message of some programs
    ("thread", "", _ABOVE),
    ("author auteur user utilisateur", "auteur", {}),
)
"""Of what a heading may speak, what somebody's name is there, and which member is which of it."""
_ANSWERED = re.compile(
    r"(?:(?:in|en)_)?(?:repl(?:y|ies|ied)|repon(?:se|d)|answers?)_(?:to|a|au)(?:_|$)"
)
_OF_PARENT = frozenset(("", "id", "commentaire", "commentaire-id"))
_OF = re.compile(r"_(?:d|de|du|des|of)_")
_ENGLISH = frozenset(("author", "authors", "user", "username", "article", "post"))
"""« auteur_message » is who wrote it, and `author_message` what the author wrote."""
_CONTENTFUL = "fields_"
"""Before the names of an entry's own members, `fields.title`, beside those of the system."""
OPINIONS = frozenset(("avis", "contribution", "reaction"))
"""Columns of a reader's words where no other column has a text; an editor's verdict beside one."""
MEMBERS = tuple(NAMES_OF_MEMBERS)
"""What can be told of a column: `titre=Intitulé`."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
"""As programs that know no « _ » write it: `authorName`."""
_NUMBER = re.compile(r"(?i)\bn[°º]")


def member_named(name: str) -> str | None:
    """Return the member that a column of this name holds; None for an unknown one.

    >>> member_named("Nom de l'auteur"), member_named("commentBody"), member_named("Couleur")
    ('auteur', 'commentaire', None)
    """
    return known_member(plain(name)) or known_member(plain(_HUMP.sub("_", name)))


def known_member(heading: str) -> str | None:
    """Return the member that a folded name is known for, with its small words or without them."""
    heading = heading.removeprefix(_CONTENTFUL)
    if (member := BY_NAME.get(heading)) is not None:
        return member
    # « Publié » says whether, and « Publié le » when
    short = "_".join(word for word in heading.split("_") if word not in _SMALL)
    if state_member(short) is not None:
        return None
    return BY_NAME.get(short) or _owned(short, heading)


def _owned(short: str, heading: str) -> str | None:
    """Return the member of a heading of several words, each of which says a part.

    >>> _owned("story_url", ""), _owned("comment_author_nickname", ""), _owned("parent_name", "")
    ('article-url', 'commentaire-auteur', None)
    """
    if match := _ANSWERED.match(heading):
        rest = heading[match.end() :]
        return "parent" if (_part(rest) or rest) in _OF_PARENT else None
    words = short.split("_")
    for owners, person, members in _OWNERS:
        names = owners.split()
        rest = "_".join(word for word in words if word not in names)
        if rest and rest != short:
            begins_with_owner = _OF.split(heading)[0] in names
            if begins_with_owner or (rest in _ENGLISH and words[-1] in names):
                # « Commentaire de l'auteur » is no author
                return None
            if person and rest in _PERSONS:
                return person
            return members.get(_part(rest))
    return None


def _part(rest: str) -> str:
    """Return what the rest of a heading says; the words of a comment only when it says no more.

    >>> _part("comment_id"), _part("comment"), _part("comment_text")
    ('commentaire-id', 'commentaire', '')
    """
    member = known_member(rest) or ""
    return "" if member == "commentaire" and rest not in BY_NAME else member


def plain(name: str) -> str:
    """Return a column's name without capitals, accents and signs.

    >>> plain(" Date de\\u00a0Publication : "), plain("N° de l'article")
    ('date_de_publication', 'numero_de_l_article')
    """
    name = _NUMBER.sub("numero ", name[:200])
    return re.sub(r"[^a-z0-9]+", "_", fold(key(name))).strip("_")
