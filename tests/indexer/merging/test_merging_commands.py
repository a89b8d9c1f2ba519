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
from tests.indexer.merging.merging_articles import URL, comment, numbers, said, texts
from tests.indexer.samples import EXPORTS, HTML, PAGES

INDEX = next(command for command in COMMANDS if command.name == "index")


@pytest.fixture(params=["{}", "whoosh:{}"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.param).format(tmp_path / "x.index")


def run(*arguments: object) -> dict[str, Any]:
    result = CliRunner().invoke(INDEX, [*map(str, arguments), "--json"], catch_exceptions=False)
    assert result.exit_code in (0, 1), result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def changed(told: dict[str, Any]) -> tuple[int, int, int]:
    return told["added"], told["updated"], told["removed"]


def stored(where: str) -> dict[str, Article]:
    engine = engines.open(where)
    try:
        return {article.id: article for article in articles(engine.reader())}
    finally:
        engine.close()


Lines = Callable[..., Path]


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    def made(name: str, *given: Article) -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(map(jsonl.dump, given)))
        return path

    return made


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
    first = lines("a.jsonl", said("wxr", sections=(Section(None, "Texte."),)))
    second = lines("b.jsonl", said("html", part=True, url=url, comments=(comment(3, id="html"),)))
    if together:
        run(first, second, "--index", where)
    else:
        run(first, "--index", where)
        run(second, "--index", where)
    [(name, both)] = stored(where).items()
    assert (name, both.extra["otherIds"], numbers(both)) == ("wxr", ["html"], ["3"])
    assert both.sections[0].text == "Texte."
    for source in (first, second):
        assert changed(run(source, "--index", where)) == (0, 0, 0)


def test_other_addresses_and_other_ids_find_the_article(lines: Lines, where: str) -> None:
    guid = "https://phare.example/?p=7"
    run(lines("a.jsonl", said("wxr", same_as=(guid,))), "--index", where)
    run(lines("b.jsonl", said("feed", part=True, url=guid, id="f")), "--index", where)
    # known by now as f, wherever it moves
    run(lines("c.jsonl", said("feed", part=True, url=URL + "deplace/", id="f")), "--index", where)
    assert list(stored(where)) == ["wxr"]


def test_one_address_for_all_the_pages_of_a_site(lines: Lines, where: str) -> None:
    pages = [
        said("html", id=f"p{number}", url=url, headline=title, date_published=f"2025-0{number}-01")
        for url in ("https://phare.example/", "https://phare.example/article.php")
        for number, title in enumerate(("Marées", "Tempête"), 1)
    ]
    pages = [replace(one, id=f"{one.id}{at}") for at, one in enumerate(pages)]
    run(lines("a.jsonl", *pages), "--index", where)
    assert len(stored(where)) == 4


def test_two_numbers_of_one_site_are_two_articles(lines: Lines, where: str) -> None:
    two = [said("wxr", id=f"wp:phare.example:{number}") for number in (7, 8)]
    run(lines("a.jsonl", *two), "--index", where)
    assert len(stored(where)) == 2


def test_an_earlier_export_does_not_undo_a_later_one(tmp_path: Path, where: str) -> None:
    whole = (EXPORTS / "wordpress.xml").read_text()

    def made(day: int, text: str) -> str:
        date = f"<pubDate>Sun, {day} Sep 2024 06:00:00 +0000</pubDate>"
        return text.replace("<item>", date + "<item>", 1)

    later, earlier = tmp_path / "a.xml", tmp_path / "b.xml"
    later.write_text(made(29, whole))
    earlier.write_text(made(22, whole.replace("<wp:comment_id>31<", "<wp:comment_id>99<")))
    run(later, earlier, "--index", where)
    assert "31" in numbers(stored(where)["wp:phare.example:7"])
    assert "99" not in numbers(stored(where)["wp:phare.example:7"])
    assert changed(run(later, earlier, "--index", where)) == (0, 0, 0)


@pytest.mark.parametrize("count", [2, 3, 30])
def test_versions_that_nothing_orders_settle(lines: Lines, where: str, count: int) -> None:
    versions = [
        said("html", id="p", headline=f"Version {n}", comments=(comment(n, f"n° {n}", "p"),))
        for n in range(count)
    ]
    both = lines("a.jsonl", *versions)
    run(lines("b.jsonl", said("html", id="p", headline="Avant")), "--index", where)
    run(both, "--index", where)
    for _ in range(2):
        assert stored(where)["p"].headline == f"Version {count - 1}"
        assert changed(run(both, "--index", where)) == (0, 0, 0)
    # what is edited is news, first or last
    versions[-1] = replace(versions[-1], headline="Corrigé")
    both = lines("a.jsonl", *versions)
    run(both, "--index", where)
    assert stored(where)["p"].headline == "Corrigé"
    assert changed(run(both, "--index", where)) == (0, 0, 0)
    versions[0] = replace(versions[0], headline="Ailleurs")
    both = lines("a.jsonl", *versions)
    run(both, "--index", where)
    assert stored(where)["p"].headline == "Corrigé"
    assert changed(run(both, "--index", where)) == (0, 0, 0)


def test_the_version_that_is_left_is_the_article(lines: Lines, where: str) -> None:
    one, two = (said("html", id="p", headline=title) for title in ("Un", "Deux"))
    run(lines("a.jsonl", one, two), "--index", where)
    alone = lines("a.jsonl", one)
    run(alone, "--index", where)
    run(alone, "--index", where)
    assert stored(where)["p"].headline == "Un"
    assert changed(run(alone, "--index", where)) == (0, 0, 0)


def test_who_goes_back_to_an_earlier_text_is_followed(lines: Lines, where: str) -> None:
    one, two = (said("html", id="p", headline=title) for title in ("Un", "Deux"))
    for given in (one, two, one, two):
        run(lines("a.jsonl", given), "--index", where)
        assert stored(where)["p"].headline == given.headline


def test_a_folder_of_versions_settles(where: str) -> None:
    for given in ([PAGES], [PAGES, EXPORTS, HTML]):
        run(*given, "--index", where, "--captured", "2025-01-01")
        result = run(*given, "--index", where, "--captured", "2025-01-01")
        assert changed(result) == (0, 0, 0)


def test_a_thread_kept_elsewhere_asks_for_join(lines: Lines, where: str) -> None:
    thread = said("isso", part=True, id="t", comments=(comment("isso-1", id="t"),))
    run(lines("a.jsonl", said("wxr"), thread), "--index", where)
    assert sorted(stored(where)) == ["t", "wxr"]


def test_pages_of_comments_in_one_run_and_the_next(lines: Lines, where: str) -> None:
    def page(*some: int) -> Article:
        comments = tuple(comment(n, f"n° {n}", "html") for n in some)
        return said("html", part=True, comment_count=6, comments=comments)

    both = lines("a.jsonl", page(1, 2), page(3, 4))
    assert run(both, "--index", where)["added"] == 5
    assert run(lines("b.jsonl", page(5, 6)), "--index", where)["added"] == 2
    assert numbers(stored(where)["html"]) == list("123456")
    assert changed(run(both, "--index", where)) == (0, 0, 0)


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
    for number, other, canonical in ((1, 2, ""), (2, 1, "comment-page-2/")):
        comments = "".join(ONE.format(n) for n in range(3 * number - 2, 3 * number + 1))
        page = PAGE.format(canonical=canonical, text=text, comments=comments, other=other)
        (tmp_path / f"{number}.html").write_text(page)
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    run(second, "--index", where)
    run(first, "--index", where)
    [both] = stored(where).values()
    assert numbers(both) == list("123456")
    assert both.url == URL
    assert both.extra["completeness"] == "partial"
    assert changed(run(first, second, "--index", where)) == (0, 0, 0)


def test_what_was_not_at_hand_any_more_is_seen_after_a_commit(
    lines: Lines, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_RECENT", 3)
    pages = [
        said("html", part=True, id=f"p{n}", url=f"{URL}{n}", comments=(comment(at, id=f"p{n}"),))
        for at in (1, 2)
        for n in range(5)
    ]
    run(lines("a.jsonl", *pages), "--index", where)
    assert {name: numbers(one) for name, one in stored(where).items()} == {
        f"p{n}": ["1", "2"] for n in range(5)
    }


def test_unchanged_articles_are_not_read_again(
    lines: Lines, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts_read: list[str] = []
    read = french.read

    def counted(text: str) -> french.Reading:
        texts_read.append(text)
        return read(text)

    given = [
        said(
            "html",
            id=f"p{n}",
            url=f"{URL}{n}",
            captured_at="2025-02-01",
            sections=(Section(None, f"Texte {n}."),),
            comments=(comment(1, id=f"p{n}"),),
        )
        for n in range(3)
    ]
    run(lines("a.jsonl", *given), "--index", where)
    monkeypatch.setattr(french, "read", counted)
    later = [replace(one, captured_at="2025-02-02") for one in given]
    voted = replace(later[0], comments=(replace(later[0].comments[0], upvote_count=4),))
    assert changed(run(lines("a.jsonl", voted, *later[1:]), "--index", where)) == (0, 0, 0)
    assert texts_read == []
    fresh = replace(later[0], comments=(comment(1, "Autre chose.", "p0"),))
    # the comment, and the lead, which tells when its article was captured
    assert changed(run(lines("a.jsonl", fresh), "--index", where)) == (0, 2, 0)
    assert "Autre chose." in texts_read
    assert not [text for text in texts_read if text.startswith("Texte")]
    assert reading.french is french


def test_who_was_forgotten_does_not_come_back_by_a_merge(lines: Lines, where: str) -> None:
    everyone = (
        comment(1, "Je suis passé par là.", author="Bob_33"),
        comment(2, "Bob_33 a raison, comme @Bob_33 souvent.", author="Zoé"),
    )
    run(lines("a.jsonl", said("wxr", comments=everyone)), "--index", where)
    engine = engines.open(where)
    forgetting.forget(engine, "Bob_33", at="2025-03-01T00:00:00Z")
    engine.close()
    before = stored(where)["wxr"]
    assert texts(before) == ["[…] a raison, comme @[…] souvent."]
    moved = tuple(replace(one, id=one.id.replace("wxr", "html")) for one in everyone)
    for number, comments in enumerate((moved, moved[1:], moved[:1])):
        again = said("html", part=True, comments=comments)
        run(lines(f"{number}.jsonl", again), "--index", where)
        assert texts(stored(where)["wxr"]) == texts(before)
    part = replace(said("wxr", part=True), comments=everyone[1:])
    run(lines("z.jsonl", part), "--index", where)
    assert texts(stored(where)["wxr"]) == texts(before)


def test_memory_of_addresses_is_bounded(
    lines: Lines, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.merging.identity._MOST", 4)
    monkeypatch.setattr(writing, "BATCH", 3)
    first = [said("wxr", id=f"w{n}", url=f"{URL}{n}") for n in range(12)]
    again = [
        said("feed", part=True, id=f"f{n}", url=f"{URL}{n}", description="Chapô.")
        for n in range(12)
    ]
    run(lines("a.jsonl", *first, *again), "--index", where)
    found = stored(where)
    assert sorted(found) == sorted(one.id for one in first)
    assert {one.description for one in found.values()} == {"Chapô."}


def test_nothing_is_asked_of_an_index_that_was_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer.merging.identity import Settling

    def given() -> Iterator[list[Record]]:
        for n in range(5):
            yield records_of(said("wxr", id=f"w{n}", url=f"{URL}{n}"))

    monkeypatch.setattr("indexer.merging.identity._at", None)
    done = writing.write(engines.open(":memory:"), given(), seen=1, settle=Settling())
    assert done.added == 5
