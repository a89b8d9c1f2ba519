"""Under which names is each member of a row known, in French and in English?

Whatever their capitals, accents, signs and spaces.
"""

from __future__ import annotations

import re

from indexer.article import state_member
from indexer.text import fold, key

NAMES_OF_MEMBERS = {
    "titre": "titre title headline post_title sujet subject intitule name post_subject",
    "texte": "texte text body corps contenu content article_body articlebody post_content html"
    " body_html texte_article contenu_article article_text article_content full_text fulltext"
    " message bodytext pagetext post_text texte_de_l_article corps_de_l_article"
    " contenu_de_l_article corps_du_texte post_body texte_integral texte_complet raw_text cooked",
    "date": "date date_publication date_de_publication published published_at date_published"
    " datepublished publication_date pub_date pubdate created created_at date_creation date_heure"
    " datetime horodatage timestamp created_utc publie_le paru_le createdat post_date posted_at"
    " date_parution post_dt jour date_article post_created created_time date_et_heure date_du_jour"
    " horodateur dateline post_time poster_time topic_time cree cree_le poste_le ecrit_le"
    " posted eventtime",
    "date-utc": "post_date_gmt date_gmt date_utc",
    "modification": "date_modification modified modified_at updated updated_at date_modified"
    " datemodified post_modified lastmod modifie_le maj date_maj updatedat last_modified"
    " mis_a_jour mise_a_jour date_mise_a_jour derniere_modification changed",
    "prenom": "prenom firstname first_name given_name",
    "nom": "lastname last_name family_name nom_de_famille nom_famille surname",
    "auteur": "auteur author auteurs authors pseudo nom_auteur auteur_nom author_name user username"
    " utilisateur user_name redacteur journaliste signature auteur_article article_author"
    " nom_affiche display_name created_by_alias post_username poster_name"
    " byline ecrit_par signataire signataires auteur_principal topic_first_poster_name poster",
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
    " comment_body_value comment_body_html comment_message",
    "commentaire-id": "comment_id commentaire_id id_commentaire id_comment message_id commentid"
    " numero_commentaire",
    "commentaire-auteur": "comment_author auteur_commentaire commentaire_auteur"
    " auteur_du_commentaire comment_author_name commentateur commenter commenter_name guest_name"
    " comment_name comment_from",
    "commentaire-date": "comment_date comment_dt date_commentaire commentaire_date"
    " date_du_commentaire comment_created_at comment_published_at submit_date"
    " comment_created_time",
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
    "slug": "slug post_name url_title url_slug alias handle",
    "article-slug": "article_slug post_slug slug_article slug_de_l_article page_slug entry_slug"
    " article_alias article_handle",
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
BY_NAME = {name: member for member, names in NAMES_OF_MEMBERS.items() for name in names.split()}
_SMALL_WORDS = "de du des d la le les l the of s e es x vers"
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words that no name needs: « Date de la parution », « Auteur(s) »."""
_CONTENTFUL = "fields_"
"""Before the names of an entry's own members, `fields.title`, beside those of the system."""
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
    short = "_".join(word for word in heading.split("_") if word not in _SMALL)
    # « Publié » says whether, and « Publié le » when
    return None if short == heading or state_member(short) is not None else BY_NAME.get(short)


def plain(name: str) -> str:
    """Return a column's name without capitals, accents and signs.

    >>> plain(" Date de\\u00a0Publication : "), plain("N° de l'article")
    ('date_de_publication', 'numero_de_l_article')
    """
    name = _NUMBER.sub("numero ", name[:200])
    return re.sub(r"[^a-z0-9]+", "_", fold(key(name))).strip("_")
