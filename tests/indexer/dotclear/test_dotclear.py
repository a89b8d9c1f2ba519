"""What is read in Dotclear's backups and tables, and what of them is never read?"""

from __future__ import annotations

import io
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.model import Article, Quote
from indexer.article.publication import Publication
from indexer.dotclear import DotclearFormat
from indexer.dotclear.flat_file import UnreadLine, Values, flat_lines
from indexer.files import ReadingOptions
from indexer.pipeline.sources import open_file, read
from indexer.reporting.report import Skipped
from tests.indexer.dotclear.dotclear_bases import BACKUP, base
from tests.indexer.outcomes import articles, remarks
from tests.indexer.samples import EXPORTS
from tests.shared import SHARED

CASES = SHARED / "cases" / "exports"


def flat(path: Path, *lines: str, mode: str = "2.40|single") -> Path:
    path.write_text(f"///DOTCLEAR|{mode}\n" + "\n".join(lines) + "\n")
    return path


def test_a_post() -> None:
    article, page, secret = articles(read([BACKUP]))
    assert article.id == "dotclear:default:2012/05/03/Les-courlis"
    assert article.url == "https://lande.example/index.php?post/2012/05/03/Les-courlis"
    assert (article.headline, article.description) == ("Les courlis", "Un chapô.")
    assert (article.publisher, article.in_language) == ("La lande", "fr")
    assert (article.author, article.keywords) == (("Soizic Le Goff",), ("0123", "oiseaux"))
    assert article.article_section == ("Faune & flore",)
    # universal, whatever `post_tz` says beside: 10:46 in Paris that day
    assert article.date_published == "2012-05-03T08:46:00Z"
    assert article.date_modified == "2012-05-03T09:46:00Z"
    assert [(section.headline, section.text) for section in article.sections] == [
        ("Au soir", 'Ils "chantent", C:\\nuit".')
    ]
    assert page.id == "dotclear:default:pages/A-propos"
    assert page.url == "https://lande.example/index.php?pages/A-propos"
    assert (page.author, page.sections[0].text) == (("Yann de la lande",), "La lande, l’hiver.")
    assert (secret.headline, secret.sections, secret.comments) == ("Le nid", (), ())


def test_its_comments() -> None:
    article = articles(read([BACKUP]))[0]
    name = "dotclear:default:2012/05/03/Les-courlis#comment-"
    assert [(c.id, c.parent_id, c.author, c.text, c.anchor) for c in article.comments] == [
        (name + "11", None, None, "Moi aussi.", "c11"),
        (name + "12", None, "Nadège", "Je les ai entendus.", "c12"),
    ]
    assert article.comments[0].citation == (Quote("Un chapô"),)
    # `comment_upddt` moves when a filter looks at a comment again: it is no edit
    assert article.comments[1].date_published == "2012-05-03T10:30:00Z"
    assert article.comments[1].date_modified is None


def test_what_is_left_aside_is_counted() -> None:
    messages = remarks(read([BACKUP]))
    assert messages["unpublished_articles"].startswith("2 ")
    assert "blog hors ligne : 1" in messages["unpublished_articles"]
    assert messages["unpublished"].startswith("1 ")
    assert messages["under_unpublished"].startswith("2 ")
    assert messages["pings"].startswith("1 ")
    assert "galitem" in messages["other_kinds"]
    assert messages["protected"].startswith("1 ")


POST = "[post post_id,blog_id,post_dt,post_tz,post_title,post_url,post_content_xhtml,post_status]"
COMMENT = "[comment comment_id,post_id,comment_dt,comment_tz,comment_content,comment_status]"


def post(state: str, number: int = 1) -> str:
    return (
        f'"{number}","b","2024-05-03 08:00:00","Europe/Paris","T","t-{number}","<p>x</p>","{state}"'
    )


@pytest.mark.parametrize(
    ("state", "public"),
    # inc/core of Dotclear 2.40: the states of posts and of comments have the same numbers
    [("1", True), ("0", False), ("-1", False), ("-2", False), ("-3", False), ("", False)],
)
def test_states(state: str, public: bool, tmp_path: Path) -> None:
    comment = '"{}","{}","2024-05-03 08:00:00","UTC","<p>Oui</p>","{}"'
    path = flat(
        tmp_path / "b.txt",
        *(POST, post(state), post("1", 2)),
        *(COMMENT, comment.format(1, 1, 1), comment.format(2, 2, state)),
    )
    articles_found = articles(read([path]))
    assert [len(article.comments) for article in articles_found] == ([1, 1] if public else [0])


def test_a_password_that_is_no_bar(tmp_path: Path) -> None:
    form = DotclearFormat(ReadingOptions(Publication(["mot_de_passe"])))
    secret = articles(read([BACKUP], forced=form))[2]
    assert secret.sections[0].text == "Kiwi"
    assert [comment.text for comment in secret.comments] == ["Sous le secret, mirabelle"]


def test_a_state_that_is_asked_for(tmp_path: Path) -> None:
    path = flat(tmp_path / "b.txt", POST, post("-1"))
    assert (
        len(articles(read([path], forced=DotclearFormat(ReadingOptions(Publication(["-1"]), UTC)))))
        == 1
    )


@pytest.mark.parametrize("name", ["backup.md", "backup.csv", "backup.txt"])
def test_the_content_decides_and_not_the_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbf" + BACKUP.read_bytes().replace(b"\n", b"\r\n"))
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == "dotclear"
    assert len(articles(read([path]))) == 3


def test_one_blog_alone_does_not_tell_its_address(tmp_path: Path) -> None:
    [article] = articles(read([flat(tmp_path / "b.txt", POST, post("1"))]))
    assert (article.url, article.same_as) == (None, ("/post/t-1",))
    form = DotclearFormat(ReadingOptions(site="https://b.example/index.php?"))
    [article_told] = articles(read([tmp_path / "b.txt"], forced=form))
    assert (article_told.id, article_told.url) == (
        article.id,
        "https://b.example/index.php?post/t-1",
    )


def test_a_backup_of_dotclear_1_2(tmp_path: Path) -> None:
    """Other names, no time zone, and the HTML in `post_content` itself."""
    path = flat(
        tmp_path / "b.txt",
        "[categorie cat_id,cat_libelle]",
        '"1","La lande"',
        "[post post_id,cat_id,post_dt,post_titre,post_titre_url,post_content,"
        "post_content_wiki,post_pub]",
        '"1","1","2005-07-03 08:00:00","Titre","titre","<p>Du __gras__</p>","Du __gras__","1"',
        "[comment comment_id,post_id,comment_dt,comment_auteur,comment_content,comment_pub]",
        '"1","1","2005-07-03 09:00:00","Yann","<p>Oui</p>","1"',
        mode="1.2.8|full",
    )
    outcomes = list(read([path]))
    [article] = articles(outcomes)
    assert (article.headline, article.article_section) == ("Titre", ("La lande",))
    assert article.sections[0].text == "Du __gras__"
    assert article.date_published == "2005-07-03T08:00:00+02:00"
    assert [(comment.author, comment.text) for comment in article.comments] == [("Yann", "Oui")]
    assert "zone" in remarks(outcomes)


def test_lines_that_are_not_understood_are_left_aside_with_their_number(tmp_path: Path) -> None:
    path = flat(tmp_path / "b.txt", POST, post("1"), '"1","deux', post("1", 2), '"trois"', "quatre")
    outcomes = list(read([path]))
    assert len(articles(outcomes)) == 2
    assert [outcome.line for outcome in outcomes if isinstance(outcome, Skipped)] == [4, 6, 7]


def test_a_backup_without_posts_says_so(tmp_path: Path) -> None:
    [skipped] = list(read([flat(tmp_path / "b.txt", "[link link_id,link_title]", '"1","x"')]))
    assert isinstance(skipped, Skipped)
    assert "n'a pas de billets" in skipped.reason


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_values_are_read_as_they_were_written(cells: list[str]) -> None:
    """Written as FlatExport of Dotclear 2.40 does: its four replacements, in its order."""

    def escaped_cell(cell: str) -> str:
        for character, escaped in (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ('"', '\\"')):
            cell = cell.replace(character, escaped)
        return f'"{cell}"'

    columns = ",".join(f"c{n}" for n in range(len(cells)))
    data = f"[t {columns}]\n{','.join(map(escaped_cell, cells))}\n".encode()
    assert list(flat_lines(io.BytesIO(data)))[1:] == [Values(2, cells)]


@given(st.binary(max_size=200))
def test_no_bytes_are_refused(data: bytes) -> None:
    for flat_line in flat_lines(io.BytesIO(data)):
        assert not isinstance(flat_line, UnreadLine) or flat_line.reason


def test_tables_in_csv(tmp_path: Path) -> None:
    for name in ("dc_post.csv", "dc_comment.csv"):
        shutil.copy(EXPORTS / name, tmp_path)
    outcomes = list(read([tmp_path]))
    # without the table of blogs, none is known to be closed
    assert [(article.headline, len(article.comments)) for article in articles(outcomes)] == [
        ("Les courlis", 2),
        ("À propos", 0),
        ("Goyave", 0),
        ("Le nid", 0),
    ]
    assert not [outcome for outcome in outcomes if isinstance(outcome, Skipped)]


def test_comments_alone_do_not_tell_which_posts_are_public(tmp_path: Path) -> None:
    shutil.copy(EXPORTS / "dc_comment.csv", tmp_path)
    [skipped] = list(read([tmp_path]))
    assert isinstance(skipped, Skipped)
    assert "« post » à côté" in skipped.reason


def test_nothing_private_leaves_the_file() -> None:
    text = " ".join(map(str, read([BACKUP])))
    for private in ("courrier.example", "192.0.2", "0123456789", "uetsche", "irabelle", "sesame"):
        assert private not in text
    assert not [word for word in ("apaye", "oyave", "itchi", "iwi", "igue") if word in text]


def test_a_post_and_its_comments_are_held_at_a_time(tmp_path: Path, rows_given: list[str]) -> None:
    """Comments come after all posts, in any order: they wait on disk."""
    comment = '"{}","{}","2024-05-03 08:00:00","UTC","<p>Oui</p>","1"'
    path = flat(
        tmp_path / "b.txt",
        *(POST, *(post("1", number) for number in range(1, 101))),
        *(COMMENT, *(comment.format(n, n % 100 + 1) for n in range(1000))),
    )
    outcomes = read([path])
    first = next(outcome for outcome in outcomes if isinstance(outcome, Article))
    assert len(first.comments) == 10
    assert len(rows_given) < 20
    assert [len(article.comments) for article in articles(outcomes)] == [10] * 99


@pytest.mark.skipif(not CASES.exists(), reason="the shared samples are not here")
def test_what_dotclear_2_40_exported() -> None:
    first, locked = articles(read([CASES / "dotclear-backup.txt"]))
    assert [comment.author for comment in first.comments] == ["Nadège", "Erwan"]
    assert first.sections[0].text.endswith("Un chemin : C:\\phare\\nuit lien")
    assert (locked.headline, locked.sections) == ("À mot de passe", ())


@pytest.mark.parametrize("prefix", ["dc_", "blog_"])
def test_a_base_of_sqlite_is_read_as_its_backup(prefix: str, tmp_path: Path) -> None:
    outcomes = list(read([base(tmp_path / "dotclear.db", prefix)]))
    expected = list(read([BACKUP]))
    assert articles(outcomes) == articles(expected) != []
    assert remarks(outcomes) == remarks(expected)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Skipped)]


def test_two_dotclears_of_one_base(tmp_path: Path) -> None:
    outcomes = list(read([base(tmp_path / "dotclear.db", "dc_", "b_")]))
    assert len(articles(outcomes)) == 2 * len(articles(read([BACKUP])))


def test_what_is_written_beside_a_base_is_told(tmp_path: Path) -> None:
    path = base(tmp_path / "dotclear.db", "dc_")
    path.with_name("dotclear.db-wal").write_bytes(b"\0")
    assert "Dotclear a écrit à côté (-wal)" in remarks(read([path]))["wal"]


def test_a_base_of_another_program_with_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("CREATE TABLE notes (blog_id, post_status, post_content_xhtml)")
        opened.commit()
    (outcome,) = read([path])
    assert isinstance(outcome, Skipped)
    assert outcome.reason == "ce n'est pas une base de Dotclear"
