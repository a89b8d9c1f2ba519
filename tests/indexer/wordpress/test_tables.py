"""Do the tables of a WordPress give what its export gives, in each of the bases they are saved in?

Columns of WordPress 7.1 (wp-admin/includes/schema.php), addresses of its `get_permalink`, states of
the sites of a network of its `wp_blogs`; tables on SQLite are those of its SQLite plugin (2.2).
"""

from __future__ import annotations

import sqlite3
from io import BytesIO
from pathlib import Path

import pytest

from indexer.article.model import Article
from indexer.article.publication import Publication
from indexer.files import ReadingOptions
from indexer.files.databases.sql_dump import DumpTable, UnreadPiece, dump_rows
from indexer.pipeline.sources import formats, read
from indexer.reporting.report import Outcome
from indexer.wordpress.permalinks import Permalinks
from tests.indexer.outcomes import articles, outcomes_of, remarks, skipped
from tests.indexer.samples import EXPORTS

SQL = (EXPORTS / "wordpress.sql").read_text("utf-8")


def on_sqlite(path: Path, prefix: str = "wp_", users: str = "wp_", blogs: str = "") -> Path:
    """The same tables in a SQLite base, under other prefixes."""
    with sqlite3.connect(path) as base:
        for piece in dump_rows(BytesIO(SQL.encode()), lambda name: True):
            if isinstance(piece, UnreadPiece):
                raise AssertionError(piece.reason)
            table = piece if isinstance(piece, DumpTable) else piece.table
            name = table.name.removeprefix("wp_")
            name = f"{users if name == 'users' else prefix}{name}"
            if isinstance(piece, DumpTable):
                base.execute(f"CREATE TABLE {name} ({', '.join(table.columns)})")
            else:
                places = ", ".join("?" * len(piece.cells))
                base.execute(f"INSERT INTO {name} VALUES ({places})", piece.cells)
        base.executescript(blogs)
    base.close()
    return path


def check_the_site(read_articles: list[Article]) -> None:
    by_title = {article.headline: article for article in read_articles}
    assert sorted(by_title) == ["Clos", "Contact", "Le bac", "À propos"]
    ferry = by_title["Le bac"]
    assert ferry.id == "wp:marais.example:7"
    assert ferry.url == "https://marais.example/2024/riviere/bacs/le-bac/"
    assert ferry.same_as == ("https://marais.example/?p=7",)
    assert (ferry.author, ferry.article_section, ferry.keywords) == (
        ("Alice Renard",),
        ("Bacs",),
        ("embarcadère",),
    )
    assert ferry.date_published == "2024-03-04T09:22:00Z"
    assert (ferry.publisher, ferry.in_language) == ("Le Courrier des Marais", "fr-FR")
    assert "\n".join(section.text for section in ferry.sections).splitlines() == [
        "L'embarcadère rouvre.",
        "Une note.",
    ]
    assert [(comment.author, comment.parent_id, comment.text) for comment in ferry.comments] == [
        ("Alice", None, "L'horaire ?"),
        ("Benoît", "wp:marais.example:7#comment-1", 'Voir ; le "quai".\nÀ 8 h.'),
    ]
    assert by_title["Contact"].url == "https://marais.example/a-propos/contact/"
    assert by_title["Clos"].sections == ()


LEFT_ASIDE = {
    "unpublished_articles": "1 article non publié",
    "other_kinds": "1 élément d'une autre sorte laissé de côté (revision : 1)",
    "protected": "1 article protégé",
    "unpublished": "2 commentaires non publiés laissés de côté (comment_approved=0 : 1, note : 1",
    "under_unpublished": "1 commentaire d'un article non publié",
    "elsewhere": "1 commentaire sous autre chose qu'un article",
}


def check_what_is_left_aside(outcomes: list[Outcome]) -> None:
    messages = remarks(outcomes)
    for kind, message in LEFT_ASIDE.items():
        assert messages[kind].startswith(message), kind
    assert skipped(outcomes) == []
    for secret in ("$P$", "courrier.example", "192.0.2.1", "Réservé.", "Entre nous"):
        assert secret not in repr(outcomes)


def test_in_sql(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, SQL)
    check_the_site(articles(outcomes))
    check_what_is_left_aside(outcomes)


@pytest.mark.parametrize("prefix", ["wp_", "blog_"])
def test_on_sqlite(prefix: str, tmp_path: Path) -> None:
    outcomes = list(read([on_sqlite(tmp_path / "wp.sqlite", prefix, prefix)]))
    check_the_site(articles(outcomes))
    check_what_is_left_aside(outcomes)


def test_a_site_of_a_network_has_the_accounts_of_all(tmp_path: Path) -> None:
    check_the_site(articles(list(read([on_sqlite(tmp_path / "wp.sqlite", "wp_2_")]))))


@pytest.mark.parametrize("state", ["archived", "spam", "deleted"])
def test_a_site_that_its_network_hides(state: str, tmp_path: Path) -> None:
    blogs = (
        "CREATE TABLE wp_blogs (blog_id INTEGER, archived, spam, deleted);"
        "INSERT INTO wp_blogs VALUES (1, 0, 0, 0), (2, 0, 0, 0);"
        f"UPDATE wp_blogs SET {state} = 1 WHERE blog_id = 2"
    )
    path = on_sqlite(tmp_path / "wp.sqlite", "wp_2_", blogs=blogs)
    outcomes = list(read([path]))
    assert articles(outcomes) == []
    hidden = {"archived": "archivé", "spam": "indésirable", "deleted": "supprimé"}[state]
    assert f"site {hidden} : 5" in remarks(outcomes)["unpublished_articles"]
    among = formats(ReadingOptions(publication=Publication([f"site {hidden}"])))
    # the draft stays one
    assert len(articles(list(read([path], among=among)))) == 4


def test_without_its_settings_a_site_is_told(tmp_path: Path) -> None:
    text = SQL.replace("`wp_options`", "`wp_autres`")
    outcomes = outcomes_of(tmp_path, text, options=ReadingOptions(site="https://marais.example"))
    ferry = next(article for article in articles(outcomes) if article.headline == "Le bac")
    assert (ferry.id, ferry.url) == ("wp:marais.example:7", "https://marais.example/?p=7")


def test_comments_alone_do_not_tell_what_is_published(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, SQL[: SQL.index("CREATE TABLE `wp_options`")])
    assert articles(outcomes) == []
    reasons = [reason for _, reason in skipped(outcomes)]
    assert any("sans la table des articles (wp_posts)" in reason for reason in reasons)


POST = {
    "post_type": "post",
    "post_id": "7",
    "post_name": "le-bac",
    "post_date": "2024-03-04 10:22:00",
}
ADDRESSES = [
    ("", POST, "https://a.example/?p=7"),
    ("/archives/%post_id%", POST, "https://a.example/archives/7"),
    ("/index.php/%year%/%monthnum%/%day%/%postname%/", POST,
     "https://a.example/index.php/2024/03/04/le-bac/"),
    ("/%author%/%hour%-%minute%-%second%/", POST, "https://a.example/alice/10-22-00/"),
    ("/%category%/%postname%", POST, "https://a.example/uncategorized/le-bac"),
    # a tag of an extension
    ("/%ville%/%postname%/", POST, ""),
    ("/%postname%/", {**POST, "post_type": "page"}, "https://a.example/port/le-bac/"),
    ("/index.php/%postname%/", {**POST, "post_type": "page"},
     "https://a.example/index.php/port/le-bac/"),
    ("", {**POST, "post_type": "page"}, "https://a.example/?page_id=7"),
    ("/%postname%/", {**POST, "post_type": "page", "post_id": "3"}, "https://a.example/"),
    ("/%postname%/", {**POST, "post_type": "recette"}, ""),
    ("/%postname%/", {**POST, "post_name": ""}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("structure", "post", "address"), ADDRESSES)
def test_addresses(structure: str, post: dict[str, str], address: str) -> None:
    links = Permalinks("https://a.example/", structure, front_page="3")
    assert links.of(post, path="port/le-bac", author="alice") == address
