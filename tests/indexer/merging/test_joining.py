"""Under which article do comments kept elsewhere go, in one run or the next?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index import engines
from indexer.article import addresses
from indexer.article.addresses import Page
from indexer.article.model import Article, Comment, Quote, Section
from indexer.canonical import jsonl
from indexer.canonical.exporting import articles
from indexer.doors.commands import COMMANDS
from indexer.merging.joining import is_thread, join, under
from indexer.merging.lookup import article_at
from indexer.reporting.report import Outcome, Remark
from tests.indexer.samples import EXPORTS

INDEX = next(command for command in COMMANDS if command.name == "index")


def thread(url: str | None, *names: str, program: str = "isso", path: str | None = None) -> Article:
    comments = tuple(Comment(f"t#comment-{program}-{name}", text="x") for name in names)
    same_as = (path,) if path else ()
    return Article("t", "T", url, same_as, comments=comments, extra={"completeness": "partial"})


def article(url: str | None, *comments: Comment, same_as: tuple[str, ...] = ()) -> Article:
    return Article("a", "A", url, same_as, sections=(Section(None, "Texte."),), comments=comments)


def comments_by_article(outcomes: list[Outcome]) -> dict[str, list[str]]:
    return {
        outcome.id: [comment.id for comment in outcome.comments]
        for outcome in join(outcomes)
        if isinstance(outcome, Article)
    }


SAME = [
    ("https://a.example/x/", "https://a.example/x/"),
    ("http://www.A.example/x", "https://a.example:443/x/?utm_source=y&fbclid=z#c"),
    ("https://a.example/x/index.html", "https://a.example/x"),
    ("https://a.example/?p=7", "https://a.example?p=7&utm_medium=z"),
    ("https://a.example/l'été", "https://a.example/l%27%c3%a9t%C3%A9/"),
    ("https://a.example/?b=2&a=1", "https://a.example/?a=1&b=2"),
]
OTHER = [
    ("https://a.example/x", "https://b.example/x"),
    ("https://a.example/x", "https://a.example/X"),
    ("https://a.example/?p=7", "https://a.example/?p=8"),
    ("https://a.example:8080/x", "https://a.example/x"),
    ("mailto:a@a.example", "mailto:a@a.example"),
    ("javascript:x", "javascript:x"),
    ("", ""),
    ("http://[x", "http://[x"),
    ("rien", "rien"),
]


@pytest.mark.parametrize(("text", "second"), SAME)
def test_addresses_of_one_page(text: str, second: str) -> None:
    assert addresses.page(text) == addresses.page(second) is not None
    assert comments_by_article([thread(text, "1"), article(second)]) == {"a": ["a#comment-isso-1"]}


@pytest.mark.parametrize(("text", "second"), OTHER)
def test_addresses_of_two_pages(text: str, second: str) -> None:
    assert addresses.page(text) is None or addresses.page(text) != addresses.page(second)
    assert comments_by_article([thread(text, "1"), article(second)]) == {
        "t": ["t#comment-isso-1"],
        "a": [],
    }


def test_names_follow_the_article() -> None:
    quote = Quote("x", None, "t#comment-isso-1")
    answer = Comment("t#comment-isso-2", "t#comment-isso-1", citation=(quote,))
    parsed = under(article(None), [thread(None, "1"), Article("t", "T", comments=(answer,))])
    last = parsed.comments[-1]
    assert (last.id, last.parent_id) == ("a#comment-isso-2", "a#comment-isso-1")
    assert last.citation[0].ref == "a#comment-isso-1"


def test_other_addresses_and_paths_count() -> None:
    other_page = article("https://a.example/x/", same_as=("http://old.example/?p=3",))
    assert comments_by_article([thread("https://old.example/?p=3", "1"), other_page])["a"] == [
        "a#comment-isso-1"
    ]
    assert comments_by_article([thread(None, "1", path="/x"), other_page])["a"] == [
        "a#comment-isso-1"
    ]


def test_threads_of_several_programs_come_after_the_articles_own() -> None:
    own = Comment("a#comment-1", text="y")
    comments = comments_by_article(
        [
            thread("https://a.example/x", "1"),
            thread("http://a.example/x", "1", program="disqus"),
            article("https://a.example/x", own),
        ]
    )
    assert comments == {"a": ["a#comment-1", "a#comment-isso-1", "a#comment-disqus-1"]}


def test_a_program_replaces_what_it_gave_before() -> None:
    before = article(None, Comment("a#comment-7"), Comment("a#comment-isso-1"))
    assert [comment.id for comment in under(before, [thread(None, "2")]).comments] == [
        "a#comment-7",
        "a#comment-isso-2",
    ]


def test_a_path_shared_by_two_sites_is_remarked() -> None:
    second = Article("b", "B", "https://b.example/x", sections=(Section(),))
    texts = list(join([thread(None, "1", path="/x"), article("https://a.example/x"), second]))
    kinds = [type(text) for text in texts]
    assert kinds == [Article, Remark, Article]
    assert comments_by_article(
        [thread(None, "1", path="/x"), article("https://a.example/x"), second]
    ) == {
        "a": ["a#comment-isso-1"],
        "b": [],
    }


def test_a_thread_alone_stays_and_is_said() -> None:
    *_, last = join([thread("https://a.example/x", "1")])
    assert isinstance(last, Remark)
    assert last.message.startswith("1 fil de commentaires n'a pas d'article")


def run(*arguments: object) -> dict[str, Any]:
    result = CliRunner().invoke(INDEX, [*map(str, arguments), "--json"], catch_exceptions=False)
    assert result.exit_code in (0, 1), result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def stored(where: object) -> dict[str, list[str]]:
    engine = engines.open(str(where))
    try:
        return {
            article.id: [comment.id.partition("#comment-")[2] for comment in article.comments]
            for article in articles(engine.reader())
        }
    finally:
        engine.close()


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    path = tmp_path / "posts.jsonl"
    url = "https://www.phare.example/2024/marees/"
    article = Article("marees", "Marées", url, sections=(Section(None, "La mer se retire."),))
    path.write_bytes(jsonl.dump(article))
    return path


@pytest.mark.parametrize("engine", ["", "whoosh:"])
def test_both_in_one_run_in_any_order(posts: Path, engine: str, tmp_path: Path) -> None:
    where = engine + str(tmp_path / "x.index")
    result = run(posts, EXPORTS / "disqus.xml", EXPORTS / "isso.json", "--join", "--index", where)
    assert result["articles"] == 1
    names = ["disqus-9001", "disqus-9002", "disqus-9003", "isso-1", "isso-2"]
    assert stored(where) == {"marees": names}
    second_report = run(
        EXPORTS / "isso.json", EXPORTS / "disqus.xml", posts, "--join", "--index", where
    )
    assert (second_report["added"], second_report["removed"]) == (0, 0)


def test_comments_after_their_articles(posts: Path, tmp_path: Path) -> None:
    where = tmp_path / "x.index"
    run(posts, "--index", where)
    result = run(EXPORTS / "isso.json", "--join", "--index", where)
    assert (result["added"], result["articles"]) == (2, 1)
    assert stored(where) == {"marees": ["isso-1", "isso-2"]}
    second_report = run(EXPORTS / "isso.json", "--join", "--index", where)
    assert (second_report["added"], second_report["updated"], second_report["removed"]) == (0, 0, 0)
    third_report = run(EXPORTS / "commento.json", "--join", "--index", where)
    assert third_report["added"] == 3
    assert stored(where)["marees"][:3] == ["isso-1", "isso-2", "commento-aa"]


def test_without_join_a_thread_is_an_article_of_its_own(posts: Path, tmp_path: Path) -> None:
    where = tmp_path / "x.index"
    run(posts, EXPORTS / "isso.json", "--index", where)
    articles = stored(where)
    assert len(articles) == 2
    assert articles["marees"] == []
    # and does not take the place of the article afterwards
    run(EXPORTS / "commento.json", "--join", "--index", where)
    assert len(stored(where)["marees"]) == 3


@pytest.mark.parametrize("program", ["isso", "disqus", "commento", "remark42"])
@pytest.mark.parametrize("engine", ["", "whoosh:"])
def test_articles_after_their_comments(
    posts: Path, engine: str, program: str, tmp_path: Path
) -> None:
    where = engine + str(tmp_path / "x.index")
    path = next(EXPORTS.glob(f"{program}.*"))
    run(path, "--join", "--index", where)
    count = len(stored(where)) - 1
    result = run(posts, "--join", "--index", where)
    assert result["removed"] > 0
    articles = stored(where)
    assert len(articles) == 1 + count
    assert articles["marees"]
    second_report = run(posts, path, "--join", "--index", where)
    assert (second_report["added"], second_report["removed"]) == (0, 0)


def test_a_thread_that_was_apart_from_its_article_goes_under_it(
    posts: Path, tmp_path: Path
) -> None:
    where = tmp_path / "x.index"
    run(posts, EXPORTS / "isso.json", "--index", where)
    assert len(stored(where)) == 2
    run(posts, "--join", "--dry-run", "--index", where)
    assert len(stored(where)) == 2
    run(posts, "--join", "--index", where)
    assert stored(where) == {"marees": ["isso-1", "isso-2"]}


def test_a_table_of_comments_beside_its_article_changes_nothing_when_read_again(
    tmp_path: Path,
) -> None:
    folder, where = tmp_path / "articles", tmp_path / "i"
    folder.mkdir()
    (folder / "2024-03-09-la-brume.md").write_text(
        "---\ntitle: Brume\nurl: https://a.example/b/\n---\nX.\n"
    )
    (folder / "c.csv").write_text(
        "article-url,pseudo,date,commentaire\nhttps://a.example/b/,Z,2024-03-09,Y\n"
    )
    first = run(folder, "--join", "--index", where)
    assert first["added"] == 3
    assert [warning for warning in first["warnings"] if warning["kind"] == "alone"] == []
    second_report = [run(folder, "--join", "--index", where) for _ in range(2)]
    assert [
        (report["added"], report["updated"], report["removed"]) for report in second_report
    ] == [(0, 0, 0)] * 2
    [comments] = stored(where).values()
    assert len(comments) == 1


def test_with_an_export_of_wordpress(tmp_path: Path) -> None:
    where = tmp_path / "x.index"
    for name in ("wordpress.xml", "disqus.xml", "discourse.json"):
        shutil.copy(EXPORTS / name, tmp_path)
    run(tmp_path, "--join", "--index", where)
    articles = stored(where)["wp:phare.example:7"]
    assert articles == [
        *("31", "32", "34", "discourse-2", "discourse-3", "discourse-5"),
        *("disqus-9001", "disqus-9002", "disqus-9003"),
    ]


def test_a_dry_run_joins_too(posts: Path, tmp_path: Path) -> None:
    where = tmp_path / "x.index"
    result = run(posts, EXPORTS / "isso.json", "--join", "--dry-run", "--index", where)
    assert (result["articles"], result["comments"], where.exists()) == (1, 2, False)


def test_what_an_index_holds_at_a_page(posts: Path, tmp_path: Path) -> None:
    where = tmp_path / "x.index"
    run(posts, "--index", where)
    engine = engines.open(str(where))
    reader = engine.reader()
    for page in (Page("phare.example", "/2024/marees"), Page("", "/2024/marees")):
        parsed = article_at(reader, page)
        assert parsed is not None
        assert parsed.id == "marees"
        assert not is_thread(parsed)
    for page in (Page("phare.example", "/2024"), Page("", "/"), Page("", "/marees")):
        assert article_at(reader, page) is None
    engine.close()
