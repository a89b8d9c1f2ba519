"""Are the articles of a page saved from Europresse those that a journalist ticked?

The forms come from public parsers of these pages: one of 2015, and others of 2020 to 2025.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.article import Article
from indexer.doors.commands import COMMANDS
from indexer.europresse.elements import article_elements
from indexer.europresse.header import read_header
from indexer.pipeline.sources import open_file, read
from indexer.reporting import Remark, Skipped
from indexer.times import Capture
from tests.indexer.samples import EXPORTS
from tests.shared import SHARED

PAGE = EXPORTS / "europresse.html"
CASES = SHARED / "cases" / "exports"
INDEX = next(command for command in COMMANDS if command.name == "index")
CAPTURE = Capture(date(2026, 11, 20))


def articles(path: Path) -> list[Article]:
    return [outcome for outcome in read([path], CAPTURE) if isinstance(outcome, Article)]


def test_the_format_is_known_from_the_content(tmp_path: Path) -> None:
    elsewhere = tmp_path / "20241224101112.HTML"
    elsewhere.write_bytes(PAGE.read_bytes())
    file = open_file(elsewhere)
    assert isinstance(file, tuple)
    assert file[1].name == "europresse"


def test_each_article_has_its_newspaper_its_day_and_its_number() -> None:
    first, second, third = articles(PAGE)
    assert first.id == "europresse:news·20240701·GZ·12070004"
    assert first.headline == "Le sable avance"
    assert first.alternative_headline == "Trois maisons évacuées"
    assert first.author == ("Maëlle Quéré", "Yann Abgrall")
    assert first.article_section == ("Région",)
    assert first.date_published == "2024-07-01"
    assert first.publisher == "La Gazette des Dunes"
    assert first.url == "https://gazette.example/sable"
    assert first.extra == {"wordCount": 1532, "pagination": "GAZ4", "issueNumber": "1207"}
    # neither the marks of the hits, nor the line that says where it appeared
    assert [section.text for section in first.sections] == [
        "Le sable avance d’un mètre par an.\nLa mairie a évacué trois maisons."
    ]
    assert (second.author, second.date_published) == (
        ("Anna Le Dû", "AFP"),
        "2024-01-04T12:01:00+01:00",
    )
    assert second.sections[0].text == "La balise a été posée.\nElle s’allume ce soir."
    assert (third.headline, third.date_published) == ("The ferry", "2015-11-13")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_browsers_save_in_several_encodings(encoding: str, tmp_path: Path) -> None:
    """Chrome writes UTF-8 whatever the page said; older ones kept Windows-1252, or UTF-16."""
    path = tmp_path / "page.html"
    text = PAGE.read_text("utf-8").replace("utf-8", encoding)
    path.write_bytes(text.encode(encoding))
    assert [article.headline for article in articles(path)] == [
        article.headline for article in articles(PAGE)
    ]
    assert articles(path)[0].author == articles(PAGE)[0].author


def test_the_same_article_in_two_pages_is_one(tmp_path: Path) -> None:
    copy = tmp_path / "other.html"
    copy.write_bytes(PAGE.read_bytes().replace(b"Le sable <mark>avance</mark>", b"Le sable avance"))
    assert [article.id for article in articles(copy)] == [article.id for article in articles(PAGE)]
    assert [article.sections for article in articles(copy)] == [
        article.sections for article in articles(PAGE)
    ]


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    arguments = [str(PAGE), "--index", str(tmp_path / "index")]
    first = CliRunner().invoke(INDEX, arguments)
    second_run = CliRunner().invoke(INDEX, arguments)
    assert "6 passages ajoutés" in first.output
    assert "0 passage ajouté, 0 modifié" in second_run.output


def test_the_number_gives_the_day_that_the_header_does_not(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    text = PAGE.read_text("utf-8").replace("lundi 1er juillet 2024", "édition du soir")
    path.write_text(text, "utf-8")
    assert articles(path)[0].date_published == "2024-07-01"


def test_a_page_that_is_cut_says_so(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    data = PAGE.read_bytes()
    path.write_bytes(data[: data.rindex(b"The ferry is late")])
    outcomes = list(read([path], CAPTURE))
    assert len([outcome for outcome in outcomes if isinstance(outcome, Article)]) == 2
    [skipped] = [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    assert "tronqué" in skipped.reason


def test_reports_and_menus_are_no_articles(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.read_bytes().replace(b"</body>", b"<article>Menu</article></body>"))
    outcomes = list(read([path], CAPTURE))
    assert [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)] == ["other_kinds"]


def test_a_page_of_results_without_a_document_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><span class='DocPublicationName'>Le Courrier</span></html>", "utf-8")
    [skipped] = read([path], CAPTURE)
    assert isinstance(skipped, Skipped)
    assert "Enregistrer" in skipped.reason


@pytest.mark.parametrize(
    ("line", "section", "published", "words", "page"),
    [
        (
            "Seine-Maritime, lundi 28 janvier 2013, p. 93_T_17",
            "Seine-Maritime",
            "2013-01-28",
            None,
            "93_T_17",
        ),
        ("Votre ville, jeudi 6 février 2014", "Votre ville", "2014-02-06", None, None),
        ("mardi 24 décembre 2024 532 mots, p. 12", None, "2024-12-24", 532, "12"),
        ("Politique, France, 1er août 2020 90 mots", "Politique, France", "2020-08-01", 90, None),
        ("Thursday, December 22, 2022 13887 words, p. 819", None, "2022-12-22", 13887, "819"),
        ("Idées, mercredi 31 avril 2024", None, None, None, None),
        ("", None, None, None, None),
    ],
)
def test_the_line_above_an_article(
    line: str, section: str | None, published: str | None, words: int | None, page: str | None
) -> None:
    assert read_header(line) == (section, published, words, page)


def test_a_page_is_cut_without_being_held_whole() -> None:
    class Pages(io.RawIOBase):
        """A page of 200 articles, of which nobody may ask more than a piece."""

        asked = 0

        def __init__(self) -> None:
            self._data = io.BytesIO(b"<p>" + b"<article>" + b"a" * 100_000 + b"</article>" * 1)
            self._left = 200

        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= 1 << 20
            data = self._data.read(size)
            if not data and self._left > 1:
                self._left -= 1
                self._data.seek(0)
                data = self._data.read(size)
            return data

    lengths = [len(element.data) for element in article_elements(Pages())]
    assert lengths == [100_019] * 200


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")
def test_the_shared_page() -> None:
    articles_found = articles(CASES / "europresse.html")
    assert [(article.publisher, article.date_published) for article in articles_found] == [
        ("Le Courrier des Marais", "2024-12-24"),
        ("La Croix du Port", "2015-11-13"),
        ("World News", "2015-11-13"),
    ]
    assert [article.author for article in articles_found] == [
        ("Nadège Le Goff",),
        ("Erwan Kerdoncuff",),
        (),
    ]
