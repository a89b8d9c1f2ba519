"""Does the command merge articles the same, in one run or in two, in each engine?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index import engines, french
from index.keeping import forgetting
from index.record import Record
from index.writing import reading, writing
from indexer.article.model import Article, Section
from indexer.canonical import jsonl
from indexer.canonical.conversion import records_of
from indexer.canonical.exporting import articles
from indexer.doors.commands import COMMANDS
from tests.indexer.merging.merging_articles import URL, article_of_form, comment, numbers, texts
from tests.indexer.samples import EXPORTS, HTML, PAGES

INDEX = next(command for command in COMMANDS if command.name == "index")


@pytest.fixture(params=["{}", "whoosh:{}"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.param).format(tmp_path / "x.index")


def run(*arguments: object) -> dict[str, Any]:
    result = CliRunner().invoke(INDEX, [*map(str, arguments), "--json"], catch_exceptions=False)
    assert result.exit_code in (0, 1), result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def change_counts(report: dict[str, Any]) -> tuple[int, int, int]:
    return report["added"], report["updated"], report["removed"]


def stored(where: str) -> dict[str, Article]:
    engine = engines.open(where)
    try:
        return {article.id: article for article in articles(engine.reader())}
    finally:
        engine.close()


Lines = Callable[..., Path]


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    def write_lines(name: str, *articles: Article) -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(map(jsonl.dump, articles)))
        return path

    return write_lines


SPELLINGS = [
    "http://www.phare.example/marees",
    "https://phare.example/marees/?utm_source=x#comments",
    "https://phare.example/marees/comment-page-2/",
    "https://phare.example/marees?cpage=3",
]


@pytest.mark.parametrize("url", SPELLINGS)
@pytest.mark.parametrize("together", [True, False])
def test_the_same_page_under_another_id_is_one_article(
    lines: Lines, where: str, url: str, together: bool
) -> None:
    first = lines("a.jsonl", article_of_form("wxr", sections=(Section(None, "Texte."),)))
    second = lines(
        "b.jsonl", article_of_form("html", part=True, url=url, comments=(comment(3, id="html"),))
    )
    if together:
        run(first, second, "--index", where)
    else:
        run(first, "--index", where)
        run(second, "--index", where)
    [(name, merged)] = stored(where).items()
    assert (name, merged.extra["otherIds"], numbers(merged)) == ("wxr", ["html"], ["3"])
    assert merged.sections[0].text == "Texte."
    for source in (first, second):
        assert change_counts(run(source, "--index", where)) == (0, 0, 0)


def test_other_addresses_and_other_ids_find_the_article(lines: Lines, where: str) -> None:
    guid = "https://phare.example/?p=7"
    run(lines("a.jsonl", article_of_form("wxr", same_as=(guid,))), "--index", where)
    run(lines("b.jsonl", article_of_form("feed", part=True, url=guid, id="f")), "--index", where)
    # known by now as f, wherever it moves
    run(
        lines("c.jsonl", article_of_form("feed", part=True, url=URL + "deplace/", id="f")),
        "--index",
        where,
    )
    assert list(stored(where)) == ["wxr"]


def test_one_address_for_all_the_pages_of_a_site(lines: Lines, where: str) -> None:
    pages = [
        article_of_form(
            "html", id=f"p{number}", url=url, headline=title, date_published=f"2025-0{number}-01"
        )
        for url in ("https://phare.example/", "https://phare.example/article.php")
        for number, title in enumerate(("Marées", "Tempête"), 1)
    ]
    pages = [replace(page, id=f"{page.id}{at}") for at, page in enumerate(pages)]
    run(lines("a.jsonl", *pages), "--index", where)
    assert len(stored(where)) == 4


def test_two_numbers_of_one_site_are_two_articles(lines: Lines, where: str) -> None:
    articles = [article_of_form("wxr", id=f"wp:phare.example:{number}") for number in (7, 8)]
    run(lines("a.jsonl", *articles), "--index", where)
    assert len(stored(where)) == 2


def test_an_earlier_export_does_not_undo_a_later_one(tmp_path: Path, where: str) -> None:
    export = (EXPORTS / "wordpress.xml").read_text()

    def export_of(day: int, text: str) -> str:
        date = f"<pubDate>Sun, {day} Sep 2024 06:00:00 +0000</pubDate>"
        return text.replace("<item>", date + "<item>", 1)

    later, earlier = tmp_path / "a.xml", tmp_path / "b.xml"
    later.write_text(export_of(29, export))
    earlier.write_text(export_of(22, export.replace("<wp:comment_id>31<", "<wp:comment_id>99<")))
    run(later, earlier, "--index", where)
    assert "31" in numbers(stored(where)["wp:phare.example:7"])
    assert "99" not in numbers(stored(where)["wp:phare.example:7"])
    assert change_counts(run(later, earlier, "--index", where)) == (0, 0, 0)


@pytest.mark.parametrize("count", [2, 3, 30])
def test_versions_that_nothing_orders_settle(lines: Lines, where: str, count: int) -> None:
    versions = [
        article_of_form(
            "html", id="p", headline=f"Version {n}", comments=(comment(n, f"n° {n}", "p"),)
        )
        for n in range(count)
    ]
    source = lines("a.jsonl", *versions)
    run(lines("b.jsonl", article_of_form("html", id="p", headline="Avant")), "--index", where)
    run(source, "--index", where)
    for _ in range(2):
        assert stored(where)["p"].headline == f"Version {count - 1}"
        assert change_counts(run(source, "--index", where)) == (0, 0, 0)
    # what is edited is news, first or last
    versions[-1] = replace(versions[-1], headline="Corrigé")
    source = lines("a.jsonl", *versions)
    run(source, "--index", where)
    assert stored(where)["p"].headline == "Corrigé"
    assert change_counts(run(source, "--index", where)) == (0, 0, 0)
    versions[0] = replace(versions[0], headline="Ailleurs")
    source = lines("a.jsonl", *versions)
    run(source, "--index", where)
    assert stored(where)["p"].headline == "Corrigé"
    assert change_counts(run(source, "--index", where)) == (0, 0, 0)


def test_the_version_that_is_left_is_the_article(lines: Lines, where: str) -> None:
    first, second = (article_of_form("html", id="p", headline=title) for title in ("Un", "Deux"))
    run(lines("a.jsonl", first, second), "--index", where)
    first_only = lines("a.jsonl", first)
    run(first_only, "--index", where)
    run(first_only, "--index", where)
    assert stored(where)["p"].headline == "Un"
    assert change_counts(run(first_only, "--index", where)) == (0, 0, 0)


def test_who_goes_back_to_an_earlier_text_is_followed(lines: Lines, where: str) -> None:
    first, second = (article_of_form("html", id="p", headline=title) for title in ("Un", "Deux"))
    for version in (first, second, first, second):
        run(lines("a.jsonl", version), "--index", where)
        assert stored(where)["p"].headline == version.headline


def test_a_folder_of_versions_settles(where: str) -> None:
    for sources in ([PAGES], [PAGES, EXPORTS, HTML]):
        run(*sources, "--index", where, "--captured", "2025-01-01")
        result = run(*sources, "--index", where, "--captured", "2025-01-01")
        assert change_counts(result) == (0, 0, 0)


def test_a_thread_kept_elsewhere_asks_for_join(lines: Lines, where: str) -> None:
    thread = article_of_form("isso", part=True, id="t", comments=(comment("isso-1", id="t"),))
    run(lines("a.jsonl", article_of_form("wxr"), thread), "--index", where)
    assert sorted(stored(where)) == ["t", "wxr"]


def test_pages_of_comments_in_one_run_and_the_next(lines: Lines, where: str) -> None:
    def page(*page_count: int) -> Article:
        comments = tuple(comment(n, f"n° {n}", "html") for n in page_count)
        return article_of_form("html", part=True, comment_count=6, comments=comments)

    source = lines("a.jsonl", page(1, 2), page(3, 4))
    assert run(source, "--index", where)["added"] == 5
    assert run(lines("b.jsonl", page(5, 6)), "--index", where)["added"] == 2
    assert numbers(stored(where)["html"]) == list("123456")
    assert change_counts(run(source, "--index", where)) == (0, 0, 0)


PAGE = """<!doctype html><html lang="fr"><head><title>Marées - Phare</title>
<link rel="canonical" href="https://phare.example/marees/{canonical}"/>
<meta property="og:type" content="article"/>
<meta property="article:published_time" content="2025-01-01T10:00:00+01:00"/></head><body>
<article><h1>Marées</h1><p>{text}</p></article><ol class="comment-list">{comments}</ol>
<nav class="comment-navigation"><a href="https://phare.example/marees/comment-page-{other}/#comments">
Autres commentaires</a></nav></body></html>"""
ONE = """<li id="comment-{0}" class="comment"><article id="div-comment-{0}" class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Zoé</b></div>
<div class="comment-metadata"><time datetime="2025-01-0{0}T10:00:00+01:00">un jour</time></div>
</footer>
<div class="comment-content"><p>Le commentaire numéro {0}.</p></div></article></li>"""


def test_saved_pages_of_comments(tmp_path: Path, where: str) -> None:
    text = "La mer se retire deux fois par jour, et revient. " * 20
    for number, other_number, canonical in ((1, 2, ""), (2, 1, "comment-page-2/")):
        comments = "".join(ONE.format(n) for n in range(3 * number - 2, 3 * number + 1))
        page = PAGE.format(canonical=canonical, text=text, comments=comments, other=other_number)
        (tmp_path / f"{number}.html").write_text(page)
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    run(second, "--index", where)
    run(first, "--index", where)
    [merged] = stored(where).values()
    assert numbers(merged) == list("123456")
    assert merged.url == URL
    assert merged.extra["completeness"] == "partial"
    assert change_counts(run(first, second, "--index", where)) == (0, 0, 0)


def test_what_was_not_at_hand_any_more_is_seen_after_a_commit(
    lines: Lines, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_RECENT", 3)
    pages = [
        article_of_form(
            "html", part=True, id=f"p{n}", url=f"{URL}{n}", comments=(comment(at, id=f"p{n}"),)
        )
        for at in (1, 2)
        for n in range(5)
    ]
    run(lines("a.jsonl", *pages), "--index", where)
    assert {name: numbers(article) for name, article in stored(where).items()} == {
        f"p{n}": ["1", "2"] for n in range(5)
    }


def test_unchanged_articles_are_not_read_again(
    lines: Lines, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts_read: list[str] = []
    read_text = french.read

    def count_and_read(text: str) -> french.Reading:
        texts_read.append(text)
        return read_text(text)

    articles = [
        article_of_form(
            "html",
            id=f"p{n}",
            url=f"{URL}{n}",
            captured_at="2025-02-01",
            sections=(Section(None, f"Texte {n}."),),
            comments=(comment(1, id=f"p{n}"),),
        )
        for n in range(3)
    ]
    run(lines("a.jsonl", *articles), "--index", where)
    monkeypatch.setattr(french, "read", count_and_read)
    later = [replace(article, captured_at="2025-02-02") for article in articles]
    voted = replace(later[0], comments=(replace(later[0].comments[0], upvote_count=4),))
    assert change_counts(run(lines("a.jsonl", voted, *later[1:]), "--index", where)) == (0, 0, 0)
    assert texts_read == []
    changed_article = replace(later[0], comments=(comment(1, "Autre chose.", "p0"),))
    # the comment, and the lead, which tells when its article was captured
    assert change_counts(run(lines("a.jsonl", changed_article), "--index", where)) == (0, 2, 0)
    assert "Autre chose." in texts_read
    assert not [text for text in texts_read if text.startswith("Texte")]
    assert reading.french is french


def test_who_was_forgotten_does_not_come_back_by_a_merge(lines: Lines, where: str) -> None:
    all_comments = (
        comment(1, "Je suis passé par là.", author="Bob_33"),
        comment(2, "Bob_33 a raison, comme @Bob_33 souvent.", author="Zoé"),
    )
    run(lines("a.jsonl", article_of_form("wxr", comments=all_comments)), "--index", where)
    engine = engines.open(where)
    forgetting.forget(engine, "Bob_33", at="2025-03-01T00:00:00Z")
    engine.close()
    before = stored(where)["wxr"]
    assert texts(before) == ["[…] a raison, comme @[…] souvent."]
    renamed_comments = tuple(
        replace(comment_held, id=comment_held.id.replace("wxr", "html"))
        for comment_held in all_comments
    )
    for number, comments in enumerate(
        (renamed_comments, renamed_comments[1:], renamed_comments[:1])
    ):
        recaptured = article_of_form("html", part=True, comments=comments)
        run(lines(f"{number}.jsonl", recaptured), "--index", where)
        assert texts(stored(where)["wxr"]) == texts(before)
    part = replace(article_of_form("wxr", part=True), comments=all_comments[1:])
    run(lines("z.jsonl", part), "--index", where)
    assert texts(stored(where)["wxr"]) == texts(before)


def test_memory_of_addresses_is_bounded(
    lines: Lines, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.merging.identity._MOST", 4)
    monkeypatch.setattr(writing, "BATCH", 3)
    first = [article_of_form("wxr", id=f"w{n}", url=f"{URL}{n}") for n in range(12)]
    second_articles = [
        article_of_form("feed", part=True, id=f"f{n}", url=f"{URL}{n}", description="Chapô.")
        for n in range(12)
    ]
    run(lines("a.jsonl", *first, *second_articles), "--index", where)
    articles_by_id = stored(where)
    assert sorted(articles_by_id) == sorted(article.id for article in first)
    assert {article.description for article in articles_by_id.values()} == {"Chapô."}


def test_nothing_is_asked_of_an_index_that_was_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer.merging.identity import ArticleMerger

    def batches() -> Iterator[list[Record]]:
        for n in range(5):
            yield records_of(article_of_form("wxr", id=f"w{n}", url=f"{URL}{n}"))

    monkeypatch.setattr("indexer.merging.identity._at", None)
    report = writing.write(engines.open(":memory:"), batches(), seen=1, merger=ArticleMerger())
    assert report.added == 5


def kinds(report: dict[str, Any]) -> list[str]:
    return [warning["kind"] for warning in report["warnings"]]


@pytest.mark.parametrize("form", ["spip", "csv", "jsonl", "dotclear"])
def test_an_older_export_does_not_go_back_in_silence(form: str, lines: Lines, where: str) -> None:
    former = article_of_form(form, date_published="2024-01-01", date_modified="2024-02-01")
    latest = replace(former, headline="Les marées", date_modified="2024-03-01")
    never_modified = replace(former, date_modified=None)
    for version in (former, latest):
        assert "older" not in kinds(run(lines("a.jsonl", version), "--index", where))
    assert "older" in kinds(run(lines("a.jsonl", former), "--index", where))
    # what is read again says nothing more
    assert "older" not in kinds(run(lines("a.jsonl", former), "--index", where))
    assert "older" in kinds(run(lines("a.jsonl", never_modified), "--index", where))
