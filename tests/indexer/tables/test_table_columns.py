"""Which column is what, and which days, zones and names do cells tell?"""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from indexer.article.model import Article
from indexer.pipeline.sources import read
from indexer.reporting.report import Remark
from indexer.tables.column_names import MEMBERS
from indexer.tables.columns import CannotTell, columns, declared_columns
from indexer.times.tables import Times, month_first
from tests.indexer.outcomes import articles, outcomes_of, remarks

HEADERS = [
    ("Name|Title|Text", "auteur titre texte", False),
    ("Nom|Texte intégral|Date", "titre texte date", False),
    ("Nom|Message|Date", "auteur texte date", False),
    ("Name|Title|Message", "auteur titre texte", False),
    ("Titre de l'article|Texte|Résumé|Auteur", "titre texte chapo auteur", False),
    (
        "commentId|postId|authorName|createdAt|content|parentId",
        "commentaire-id article auteur date texte parent",
        True,
    ),
    (
        "id|object_pk|user_name|submit_date|comment",
        "id article auteur commentaire-date commentaire",
        True,
    ),
    ("Titre|Texte|Date", "titre texte date", False),
    ("ID|post_title|post_content|post_date_gmt", "id titre texte date-utc", False),
    ("article_id|titre|texte", "id titre texte", False),
    ("article_title|article_url|article_text|author", "titre url texte auteur", False),
    ("id|article_id|texte|auteur", "id article texte auteur", True),
    ("article_id|parent_id|texte", "article parent texte", True),
    ("article_titre|texte|pseudo", "article-titre texte auteur", True),
    ("titre|url|commentaire", "titre url commentaire", True),
    ("id|titre|texte|parent", "id titre texte parent", False),
    (
        "Intitulé de l'article|Corps de l'article|Lien vers l'article|Nbre de commentaires|Heure",
        "titre texte url nombre heure",
        False,
    ),
    # Zotero, and what collects the comments of networks
    (
        "Title|Abstract Note|Publication Title|Manual Tags|Author",
        "titre chapo editeur mots-cles auteur",
        False,
    ),
    ("Name|Date|Comment|Likes", "auteur date commentaire pour", True),
    ("Nom|Date|Commentaire", "auteur date commentaire", True),
    (
        "comment_ID|comment_post_ID|comment_author|comment_content|comment_parent",
        "commentaire-id article commentaire-auteur commentaire parent",
        True,
    ),
    # Google Forms, a moderator's tool, JComments (whose `name` is shown, `title` the comment's)
    (
        "Horodateur|Pseudo|Message|Lien de l'article|En réponse à",
        "date auteur texte article-url parent",
        True,
    ),
    (
        "ID commentaire|Nom affiché|Contenu du commentaire|Nombre de likes|Nombre de dislikes",
        "commentaire-id auteur commentaire pour contre",
        True,
    ),
    (
        "id|parent|object_id|name|title|comment|date|isgood|ispoor",
        "id parent article auteur titre commentaire date pour contre",
        True,
    ),
    (
        "id|title|introtext|fulltext|created|created_by_alias",
        "id titre chapo texte date auteur",
        False,
    ),
    # whose each thing is, in both languages, whatever stands first
    (
        "story_url|comment_id|author_username|body|created_at",
        "article-url commentaire-id auteur texte date",
        True,
    ),
    (
        "id|pageUrl|pageTitle|commenterName|comment|parentId",
        "id article-url article-titre commentaire-auteur commentaire parent",
        True,
    ),
    (
        "Titre|Lien|Numéro du commentaire|Numéro du parent|Auteur|Commentaire",
        "titre url commentaire-id parent auteur commentaire",
        True,
    ),
    (
        "Titre|id_commentaire|reponse_au_commentaire|Auteur|Commentaire",
        "titre commentaire-id parent auteur commentaire",
        True,
    ),
    (
        "post_url|post_text|commenter_name|comment_text|comment_time|replies_to",
        "article-url texte commentaire-auteur commentaire heure parent",
        True,
    ),
    (
        "Titre de l'article|Lecteur|Date de la réaction|Réaction",
        "article-titre auteur commentaire-date commentaire",
        True,
    ),
    ("Titre|URL|Internaute|Posté le|Avis", "titre url auteur date commentaire", True),
    ("id|page_title|page_url|content", "id article-titre article-url texte", True),
    (
        "Article|Commentaire n°|Nom du commentateur|Commenté le|Texte du commentaire|Répond à",
        "article commentaire-id commentaire-auteur commentaire-date commentaire parent",
        True,
    ),
    (
        "Titre article|URL article|Pseudo du lecteur|Date du message|Message du lecteur",
        "article-titre article-url commentaire-auteur commentaire-date commentaire",
        True,
    ),
    # pages and stories that were collected
    ("page_title|url|text", "titre url texte", False),
    ("page_url|page_title|page_text|page_date|page_author", "url titre texte date auteur", False),
    ("story_title|story_url|story_text|story_author", "titre url texte auteur", False),
    ("topic_id|topic_title|topic_url|topic_body", "id titre url texte", False),
    # the messages of phpBB and of vBulletin, under their topics
    (
        "post_id|topic_id|post_time|post_username|post_subject|post_text",
        "commentaire-id article date auteur titre texte",
        True,
    ),
    (
        "postid|threadid|parentid|username|title|dateline|pagetext",
        "commentaire-id article parent auteur titre date texte",
        True,
    ),
]


@pytest.mark.parametrize(("names", "members", "comments"), HEADERS)
def test_headers(names: str, members: str, comments: bool) -> None:
    layout = columns(names.split("|"))
    assert set(layout.places) == set(members.split())
    assert layout.comments is comments
    assert layout.unread == ()


@pytest.mark.parametrize(
    "name",
    [
        # of a page that was printed, of whoever is answered, of accounts, of notes between editors
        *("Numéro de page", "parent_author", "Titre du parent", "user_email", "author_id"),
        *("post_author", "commentaires du rédacteur", "user_comment", "titre_du_commentaire"),
        *("topic_type", "discussion_type", "date_thread", "id_thread", "last_comment_date"),
        *("reader_id", "topic_poster", "page_number", "message_count", "courrier des lecteurs"),
        *("Commentaire de l'auteur", "Message de l'utilisateur", "author_message", "post_comment"),
        *("Commentaire de l'article", "commenter_id", "parent_comment_text", "user_message"),
        *("comment_count_today", "reply_author", "video_id", "post_parent", "author_url"),
    ],
)
def test_names_that_only_look_like_a_members(name: str) -> None:
    assert name in columns(["Titre", "Texte", name]).unread


def test_who_wrote_a_comment_and_not_the_page_it_is_on() -> None:
    layout = columns(["page_title", "page_author", "author", "comment"])
    assert (layout.places["auteur"], layout.unread) == (2, ("page_author",))


def test_a_verdict_beside_a_text_is_no_comment() -> None:
    layout = columns(["Titre", "Texte", "Avis"])
    assert (layout.comments, layout.unread) == (False, ("Avis",))


def test_the_name_that_is_shown_and_not_that_of_the_account() -> None:
    layout = columns(["id", "object_id", "name", "username", "title", "comment"])
    assert (
        layout.places["auteur"],
        layout.places["titre"],
        layout.unread,
    ) == (2, 4, ("username",))


@pytest.mark.parametrize(
    "names",
    [
        ["A", "B"],
        ["Date", "Auteur"],
        [],
        ["Titre", "Comment ID", "Auteur", "Propos"],
        ["Nom", "Date"],
    ],
)
def test_headers_that_tell_nothing(names: list[str]) -> None:
    with pytest.raises(CannotTell, match="--columns"):
        columns(names)


def test_every_member_can_be_told() -> None:
    for member in MEMBERS:
        assert declared_columns(f"{member}=Colonne, une") == {member: "Colonne, une"}


def test_the_columns_that_are_documented() -> None:
    text = (Path(__file__).parents[3] / "FORMAT.md").read_text()
    rows = text.partition("<!-- columns: begin -->")[2].partition("<!-- columns: end -->")[0]
    names_of_members = dict(re.findall(r"^\| `([\w-]+)` \| (.+) \|$", rows, re.MULTILINE))
    assert tuple(names_of_members) == MEMBERS
    for member, names in names_of_members.items():
        for name in names.split(", "):
            assert declared_columns(f"{name}=x") == {member: "x"}


DATES = [
    ("01/02/2024", "2024-02-01"),
    ("1/2/24", "2024-02-01"),
    ("31/12/99 23:59", "1999-12-31T23:59:00+01:00"),
    ("01.02.2024 à 9h05", "2024-02-01T09:05:00+01:00"),
    ("01-02-2024 09:05:07", "2024-02-01T09:05:07+01:00"),
    ("1er février 2024", "2024-02-01"),
    ("jeudi 1 févr. 2024 à 9h05", "2024-02-01T09:05:00+01:00"),
    ("2024-02-01", "2024-02-01"),
    ("2024/2/1 09:05", "2024-02-01T09:05:00+01:00"),
    ("2024-07-01 09:05:00.123456", "2024-07-01T09:05:00+02:00"),
    ("2024-07-01T09:05:00Z", "2024-07-01T09:05:00Z"),
    ("Thu, 01 Feb 2024 08:05:00 GMT", "2024-02-01T08:05:00Z"),
    ("1706774700", "2024-02-01T08:05:00Z"),
    ("45323", "2024-02-01"),
    ("45323,5", "2024-02-01T12:00:00+01:00"),
    ("2024-02", "2024-02"),
    ("02-mars-24", "2024-03-02"),
    ("2-févr.-2024", "2024-02-02"),
    ("02-Mar-99", "1999-03-02"),
    ("2024.2.1", "2024-02-01"),
    ("20240201", "2024-02-01"),
    ("20240201090507", "2024-02-01T09:05:07+01:00"),
    ("mars 2024", "2024-03"),
    ("Févr. 2024", "2024-02"),
    ("03/2024", "2024-03"),
    ("2024", "2024"),
    ("ven. 1er mars 2024", "2024-03-01"),
    ("13/2024", None),
    ("mars", None),
    ("20241301", None),
    ("12345678", None),
    ("02/13/2024", None),
    ("0000-00-00 00:00:00", None),
    ("NULL", None),
    ("hier", None),
    ("9999999999", None),
]


@pytest.mark.parametrize(("cell", "time"), DATES)
def test_dates(cell: str, time: str | None) -> None:
    assert Times().time(cell) == time


def table(text: str, tmp_path: Path) -> list[Article]:
    path = tmp_path / "t.csv"
    path.write_text(text, "utf-8")
    return articles(list(read([path])))


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Publié", "sam, 02/03/2024 - 10:15"),  # a view of Drupal 10, exported
        ("Mis en ligne le", "2024/03/02 10:15"),
        ("Date de parution", "2 mars 2024 à 10h15"),
        ("Date de la publication", "20240302101500"),
        ("Publication date", "March 2, 2024 10:15 AM"),
    ],
)
def test_what_says_when_it_was_published_is_its_date(
    heading: str, cell: str, tmp_path: Path
) -> None:
    """Those columns say whether something is published too, and were read for that alone."""
    [article] = table(f'Titre;Texte;{heading}\nLe bac;Il part.;"{cell}"\n', tmp_path)
    assert article.date_published == "2024-03-02T10:15:00+01:00"


@pytest.mark.parametrize(
    ("day", "clock", "time"),
    [
        ("02/03/2024", "10h15", "2024-03-02T10:15:00+01:00"),
        ("2024-03-02", "10:15:00", "2024-03-02T10:15:00+01:00"),
        ("2 mars 2024", "10 h 15", "2024-03-02T10:15:00+01:00"),
        ("2024-03-02T08:00:00Z", "10:15", "2024-03-02T08:00:00Z"),
        ("02/03/2024", "matin", "2024-03-02"),
    ],
)
def test_a_day_and_its_hour_in_two_columns(day: str, clock: str, time: str, tmp_path: Path) -> None:
    [article] = table(f"Titre;Texte;Date;Heure\nLe bac;Il part.;{day};{clock}\n", tmp_path)
    assert article.date_published == time


def test_whether_is_not_when(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Titre;Texte;Publié\nLe bac;Il part.;oui\nLe pont;Il cède.;non\n", "utf-8")
    outcomes = list(read([path]))
    assert [article.headline for article in articles(outcomes)] == ["Le bac"]
    assert [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)] == [
        "unpublished_articles"
    ]


def test_small_words_and_plurals_of_headings(tmp_path: Path) -> None:
    heading = "Titre de l'article;Texte de la page;Auteur(s);Mis à jour;Date;Mots clés"
    row = 'Le bac;Il part.;Zoé Roy, Luc Petit;2024-03-04;2024-03-02;"[""eau"", ""quai""]"'
    [article] = table(f"{heading}\n{row}\n", tmp_path)
    assert article.headline == "Le bac"
    assert article.author == ("Zoé Roy", "Luc Petit")
    assert (article.date_published, article.date_modified) == ("2024-03-02", "2024-03-04")
    assert article.keywords == ("eau", "quai")


def test_the_zone_is_told_or_is_that_of_paris() -> None:
    paris, montreal = Times(), Times(ZoneInfo("America/Montreal"))
    assert paris.time("01/02/2024 09:05") == "2024-02-01T09:05:00+01:00"
    assert montreal.time("01/02/2024 09:05") == "2024-02-01T09:05:00-05:00"
    assert montreal.time("1 février 2024 à 9h05") == "2024-02-01T09:05:00-05:00"
    assert montreal.utc("2024-02-01 09:05") == "2024-02-01T09:05:00Z"
    assert (paris.unsure, montreal.unsure) == (1, 0)


def test_american_days_are_known_by_one_of_them(tmp_path: Path) -> None:
    text = "title,text,date\nA,B,01/02/2024\nC,D,02/13/2024 3:05 PM\n"
    first, second = articles(outcomes_of(tmp_path, text, "t.csv"))
    assert (first.date_published, second.date_published) == (
        "2024-01-02",
        "2024-02-13T15:05:00+01:00",
    )
    assert not month_first(["01/02/2024"])


def test_the_introduction_of_joomla_is_the_text_of_what_has_no_other(tmp_path: Path) -> None:
    table = (
        "id,title,introtext,fulltext,state\n1,Le bac,<p>Il part.</p>,,1\n2,Le pont,Début.,Fin.,1\n"
    )
    alone, begun = articles(outcomes_of(tmp_path, table, "t.csv"))
    assert (alone.description, [part.text for part in alone.sections]) == (None, ["Il part."])
    assert (begun.description, [part.text for part in begun.sections]) == ("Début.", ["Fin."])


def test_a_table_without_a_column_of_text_says_so(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, "Titre;Auteur;Date\nLe bac;Zoé;2024-03-02\n", "t.csv")
    assert "--columns" in remarks(outcomes)["no_text"]
    assert "no_text" not in remarks(
        outcomes_of(tmp_path, "Titre;Texte\nLe bac;Il part.\n", "t.csv")
    )


def test_six_known_columns_make_a_table_however_many_others(tmp_path: Path) -> None:
    others = [f"colonne_{number}" for number in range(14)]
    names = ["ID", "post_title", "post_content", "post_date", "post_status", "post_type", *others]
    cells = ["7", "Le bac", "Il part.", "2024-03-02", "publish", "post", *("" for _ in others)]
    text = "\t".join(names) + "\n" + "\t".join(cells) + "\n"
    [article] = articles(outcomes_of(tmp_path, text, name="wp_posts.txt"))
    assert (article.id, article.headline) == ("table:7", "Le bac")


def test_an_edit_at_zero_is_none_and_no_fault(tmp_path: Path) -> None:
    table = "titre,texte,created,changed\nLe bac,Il part.,1709276400,0\n"
    outcomes = outcomes_of(tmp_path, table, "t.csv")
    assert articles(outcomes)[0].date_modified is None
    assert not remarks(outcomes)


def test_columns_of_webflow_and_of_drupal_7_are_known(tmp_path: Path) -> None:
    [article] = articles(
        outcomes_of(
            tmp_path, "Name,Slug,Post Body,Post Summary\nLe bac,bac,Il part.,Enfin.\n", "t.csv"
        )
    )
    assert (article.description, article.sections[0].text) == ("Enfin.", "Il part.")
    [thread] = articles(
        outcomes_of(tmp_path, "nid,cid,name,comment_body_value\n7,1,Zoé,Il part.\n", "t.csv")
    )
    assert [comment.text for comment in thread.comments] == ["Il part."]


@pytest.mark.parametrize(
    "names", ["published,date", "date,published", "publié,date", "date,publié"]
)
def test_a_state_takes_no_place_of_a_date(names: str, tmp_path: Path) -> None:
    """As bases order their columns: Craft, JComments and Strapi have the state before the time."""
    cells = {"date": "2024-03-04 10:22", "published": "1", "publié": "oui"}
    row = ",".join(cells[name] for name in names.split(","))
    [article] = articles(
        outcomes_of(tmp_path, f"title,body,{names}\nLe bac,Il part.,{row}\n", "t.csv")
    )
    assert article.date_published == "2024-03-04T10:22:00+01:00"
