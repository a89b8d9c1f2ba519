"""What is read in the exports of programs that hold comments, and nothing private?"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from indexer.article.model import Article, Comment, Quote
from indexer.pipeline.sources import FORMATS, open_file, read
from indexer.reporting import Rank
from indexer.reporting.report import Outcome, Remark, Skipped
from tests.indexer.samples import EXPORTS

PROGRAMS = [form for form in FORMATS if form.rank is Rank.COMMENTS]


def read_file(path: Path) -> tuple[list[Article], list[str], list[str]]:
    """Articles, reasons of what was skipped, kinds of remarks."""
    outcomes: list[Outcome] = list(read([path]))
    return (
        [outcome for outcome in outcomes if isinstance(outcome, Article)],
        [outcome.reason for outcome in outcomes if isinstance(outcome, Skipped)],
        [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)],
    )


def shape(article: Article) -> list[tuple[str, str | None, str | None, str]]:
    """Comments as (short name, short parent, author, text)."""

    def short(name: str | None) -> str | None:
        return name and name.removeprefix(article.id + "#comment-")

    return [
        (short(comment.id) or "", short(comment.parent_id), comment.author, comment.text)
        for comment in article.comments
    ]


@pytest.fixture
def isso(tmp_path: Path) -> Path:
    path = tmp_path / "comments #1.db"
    with sqlite3.connect(path) as base:
        base.executescript(
            """
            CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR);
            CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY,
                parent INTEGER, created FLOAT NOT NULL, modified FLOAT, mode INTEGER,
                remote_addr VARCHAR, text VARCHAR NOT NULL, author VARCHAR, email VARCHAR,
                website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0,
                voters BLOB NOT NULL, notification INTEGER DEFAULT 0);
            INSERT INTO threads VALUES (1, '/2024/marees/', 'Les marées'), (2, '/rien/', 'Rien');
            """
        )
        rows = [
            (1, 1, None, 1726900000.5, None, 1, "Quel **coefficient** ?", "Yann", 2),
            (1, 2, 1, 1726900100.0, 1726900200.0, 1, "> Quel coefficient ?\n\n112.", "Soizic", 0),
            (1, 3, None, 1726900300.0, None, 2, "En attente", "x", 0),
            (1, 4, None, 1726900400.0, None, 4, "", "Retiré", 0),
            (1, 5, 4, 1e300, None, 1, "Au vide", "yann@courrier.example", 0),
        ]
        base.executemany(
            "INSERT INTO comments (tid, id, parent, created, modified, mode, text, author, likes,"
            " email, remote_addr, voters) VALUES (?,?,?,?,?,?,?,?,?,'y@courrier.example',"
            "'192.0.2.0', x'00')",
            rows,
        )
    base.close()
    return path


def test_disqus() -> None:
    articles, skipped, remarks = read_file(EXPORTS / "disqus.xml")
    [article] = articles  # two threads of one page
    assert article.headline == "Les marées"
    assert article.url == "http://phare.example/2024/marees/?utm_source=lettre"
    assert (article.sections, article.extra) == ((), {"completeness": "partial"})
    assert shape(article) == [
        ("disqus-9001", None, "Yann", "Et la Lune ?\nPleine."),
        ("disqus-9002", None, None, ""),
        ("disqus-9003", "disqus-9002", "Soizic", "Je réponds au vide."),
    ]
    assert [comment.status for comment in article.comments] == [None, "deleted", None]
    assert article.comments[0].date_published == "2024-09-21T12:00:00Z"
    [reason] = skipped
    assert "le fil 777" in reason
    assert sorted(remarks) == ["deleted_threads", "spam"]


def test_a_broken_post_is_left_aside_and_its_answers_stay(tmp_path: Path) -> None:
    path = tmp_path / "disqus.xml"
    data = (EXPORTS / "disqus.xml").read_bytes()
    path.write_bytes(b"`" + data.replace(b'<thread dsq:id="501"/>', b"<thread dsq:id=501/>"))
    [article], skipped, remarks = read_file(path)
    assert [name for name, *_ in shape(article)] == ["disqus-9002", "disqus-9003"]
    assert "la lecture reprend ligne 17" in skipped[0]
    assert "xml" in remarks


def test_isso(isso: Path) -> None:
    [article], skipped, remarks = read_file(isso)
    assert (article.headline, article.url, article.same_as) == (
        "Les marées",
        None,
        ("/2024/marees",),
    )
    assert shape(article) == [
        ("isso-1", None, "Yann", "Quel coefficient ?"),
        ("isso-2", "isso-1", "Soizic", "112."),
        ("isso-4", None, None, ""),
        ("isso-5", "isso-4", None, "Au vide"),
    ]
    first, second, _, last = article.comments
    assert (first.date_published, first.upvote_count) == ("2024-09-21T06:26:40+00:00", 2)
    assert (second.edited, second.citation) == (True, (Quote("Quel coefficient ?"),))
    assert last.date_published is None
    assert (skipped, remarks) == ([], ["unpublished"])


def test_isso_is_not_written_to(isso: Path) -> None:
    isso.chmod(0o400)
    before = isso.read_bytes()
    read_file(isso)
    assert isso.read_bytes() == before
    assert [path.name for path in isso.parent.iterdir()] == [isso.name]


def test_what_isso_writes_beside_is_said(isso: Path) -> None:
    isso.with_name(isso.name + "-wal").write_bytes(b"x")
    assert "wal" in read_file(isso)[2]


def other_tables(base: sqlite3.Connection) -> None:
    base.execute("CREATE TABLE threads (remote_addr)")


def views(base: sqlite3.Connection) -> None:
    base.execute("CREATE TABLE threads (id, uri, title)")
    base.execute(
        "CREATE VIEW comments AS WITH RECURSIVE r(tid) AS (SELECT 1 UNION ALL SELECT 1 FROM r)"
        " SELECT tid, 1 AS id, '' AS remote_addr FROM r"
    )


def fewer_columns(base: sqlite3.Connection) -> None:
    base.execute("CREATE TABLE threads (id, uri, title)")
    base.execute("CREATE TABLE comments (tid, id, remote_addr)")


@pytest.mark.parametrize("make_base", [other_tables, views, fewer_columns])
def test_other_databases_are_refused(make_base: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    base = sqlite3.connect(path)
    make_base(base)
    base.commit()
    base.close()
    articles, skipped, _ = read_file(path)
    assert articles == []
    assert "base" in skipped[0]


def test_isso_json() -> None:
    [article], skipped, remarks = read_file(EXPORTS / "isso.json")
    assert article.headline == "Les marées"
    assert shape(article) == [
        ("isso-1", None, "Yann", "Quel coefficient ?"),
        ("isso-2", "isso-1", "Soizic", "112, dit l'annuaire."),
    ]
    assert [comment.date_published for comment in article.comments] == [
        "2024-09-21T10:00:00+02:00",
        "2024-09-21T11:00:00+02:00",
    ]
    assert (skipped, remarks) == ([], ["zone"])


def test_commento() -> None:
    [article], skipped, remarks = read_file(EXPORTS / "commento.json")
    assert article.url == "https://www.phare.example/2024/marees/"
    assert article.headline == "marees"
    assert shape(article) == [
        ("commento-aa", None, "Yann", "Oui vraiment."),
        ("commento-bb", "commento-aa", None, "Non."),
        ("commento-dd", None, None, ""),
    ]
    votes = [(comment.upvote_count, comment.downvote_count) for comment in article.comments]
    assert votes == [(2, None), (None, 1), (None, None)]
    assert (skipped, remarks) == ([], ["unpublished"])


def test_remark42() -> None:
    [article], skipped, remarks = read_file(EXPORTS / "remark42.jsonl")
    assert (article.headline, article.url) == (
        "Les marées",
        "https://phare.example/2024/marees/",
    )
    assert shape(article) == [
        ("remark42-r1", None, "Yann", "Oui."),
        ("remark42-r2", "remark42-r1", None, ""),
        ("remark42-r3", "remark42-r2", "Soizic", "Non."),
    ]
    first, _, last = article.comments
    assert (first.edited, first.date_modified) == (True, "2024-09-21T10:05:00+02:00")
    assert last.citation == (Quote("Oui."),)
    assert (skipped, remarks) == ([], [])


def test_remark42_as_a_tree(tmp_path: Path) -> None:
    lines = (EXPORTS / "remark42.jsonl").read_text().splitlines()[1:]
    first, second, third = map(json.loads, lines)
    replies = [{"comment": second, "replies": [{"comment": third}]}]
    path = tmp_path / "tree.json"
    path.write_text(json.dumps({"comments": [{"comment": first, "replies": replies}]}, indent=1))
    assert read_file(path) == read_file(EXPORTS / "remark42.jsonl")
    path.write_text(json.dumps({"comments": [first, second, third]}))
    assert read_file(path) == read_file(EXPORTS / "remark42.jsonl")


def test_bad_lines_of_a_backup_have_their_numbers(tmp_path: Path) -> None:
    lines = (EXPORTS / "remark42.jsonl").read_bytes().splitlines(keepends=True)
    path = tmp_path / "backup"
    path.write_bytes(b"".join([*lines[:2], b"{\n", b'{"id": 1, "locator": {}}\n', *lines[2:]]))
    outcomes = list(read([path]))
    assert [outcome.line for outcome in outcomes if isinstance(outcome, Skipped)] == [3, 4]
    path.write_bytes(b"".join(lines) + b'{"id": "' + b"x" * 11_000_000 + b'"}\n' + lines[1])
    [article], skipped, _ = read_file(path)
    assert len(article.comments) == 3
    assert "10 Mo" in skipped[0]


def test_discourse_as_the_comments_of_a_site() -> None:
    [article], skipped, remarks = read_file(EXPORTS / "discourse.json")
    assert article.id == "discourse:les-marees:90"
    assert article.url == "https://www.phare.example/2024/marees/"
    assert (article.sections, article.extra) == ((), {"completeness": "partial"})
    assert shape(article) == [
        ("discourse-2", None, "yann", "Quel coefficient ?"),
        ("discourse-3", "discourse-2", "soizic", "112."),
        ("discourse-5", None, None, ""),
    ]
    first, second, _ = article.comments
    assert (first.edited, first.upvote_count) == (True, 3)
    assert second.citation == (Quote("Quel coefficient ?", "yann", first.id),)
    assert (skipped, remarks) == ([], ["other_kinds"])


def test_discourse_as_a_forum(tmp_path: Path) -> None:
    topic = json.loads((EXPORTS / "discourse.json").read_text())
    topic["post_stream"]["posts"][0]["cooked"] = "<p>La mer.</p><h2>Le calcul</h2><p>120.</p>"
    path = tmp_path / "t.json"
    path.write_text(json.dumps(topic))
    [article], _, _ = read_file(path)
    assert [section.headline for section in article.sections] == [None, "Le calcul"]
    assert (article.author, article.extra) == (("phare",), {})


def test_a_topic_in_pieces(tmp_path: Path) -> None:
    topic = json.loads((EXPORTS / "discourse.json").read_text())
    posts = topic["post_stream"]["posts"]
    posts[0]["cooked"] = "<p>La mer.</p>"
    (tmp_path / "b.json").write_text(json.dumps(topic))
    [article], _, _ = read_file(tmp_path)
    topic["post_stream"]["posts"] = posts[:2]
    (tmp_path / "b.json").write_text(json.dumps(topic))
    [partial], _, remarks = read_file(tmp_path)
    assert len(partial.comments) == 1
    assert partial.extra == {"completeness": "partial"}
    assert "comment_count" in remarks
    page = {"post_stream": {"posts": posts[4:]}, "id": 90}
    (tmp_path / "a.json").write_text(json.dumps(page))
    (tmp_path / "c.json").write_text(json.dumps(posts[2]))
    [gathered], _, _ = read_file(tmp_path)
    assert gathered.comments == article.comments
    assert gathered.sections == article.sections


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("disqus.xml", "disqus"),
        ("isso.json", "isso-json"),
        ("commento.json", "commento"),
        ("remark42.jsonl", "remark42"),
        ("discourse.json", "discourse"),
    ],
)
def test_they_are_recognised_and_keep_nothing_private(name: str, form: str) -> None:
    file = open_file(EXPORTS / name)
    assert isinstance(file, tuple)
    assert file[1].name == form
    assert file[1] in PROGRAMS
    text = repr(list(read([EXPORTS / name])))
    assert not any(private in text for private in ("courrier.example", "192.0.2.", "f0f0"))


def test_canonical_json_that_speaks_of_them_is_not_theirs(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    members = {"cooked": 1, "post_stream": {}, "pid": 1, "locator": 1, "commentHex": "a"}
    path.write_text(json.dumps({**members, "headline": "Titre"}))
    [article], skipped, _ = read_file(path)
    assert (article.headline, skipped) == ("Titre", [])
    path.write_text(json.dumps({"headline": json.dumps(members)}))
    assert len(read_file(path)[0]) == 1


SHAPES: list[Any] = [
    *(None, 0, "", [], {}, [None], [[]], {"comments": 3}, {"comments": [None, 3, {}]}),
    {"post_stream": 3, "cooked": 1},
    {"post_stream": {"posts": [{"post_number": "1", "cooked": 1}]}},
    {"post_stream": {"posts": [{"post_number": 2, "cooked": {}, "username": [], "id": {}}]}},
    {"post_number": 1, "cooked": "x", "username": 3, "created_at": 10**400},
    {"comments": [{"comment": {"locator": 3}}, {"locator": {"url": {}}}], "commentHex": 1},
    {"comments": [{"locator": {"url": "http://[x"}, "time": 1e308, "user": [], "score": 2**70}]},
    {"comments": [{"commentHex": {}, "url": 3, "domain": [], "markdown": 1.5, "state": []}]},
    [{"id": "/x", "comments": [{"created": {}, "text": [], "parent": {}, "id": []}]}],
    [{"id": {}, "comments": 3}],
]


@pytest.mark.parametrize("form", PROGRAMS, ids=lambda form: form.name)
@pytest.mark.parametrize("value", SHAPES, ids=lambda value: json.dumps(value)[:30])
def test_any_json_can_be_given(form: Any, value: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(value))
    for outcome in read([path], forced=form):
        assert isinstance(outcome, Article | Skipped | Remark)


def test_the_same_name_twice_is_two_comments(tmp_path: Path) -> None:
    value = json.loads((EXPORTS / "isso.json").read_text())
    value[0]["comments"][1]["id"] = 1
    path = tmp_path / "x.json"
    path.write_text(json.dumps(value))
    [article], _, _ = read_file(path)
    assert len({comment.id for comment in article.comments}) == 2


def test_comments_are_of_their_article() -> None:
    for name in ("disqus.xml", "isso.json", "commento.json", "remark42.jsonl", "discourse.json"):
        for article in read_file(EXPORTS / name)[0]:
            for comment in article.comments:
                assert isinstance(comment, Comment)
                assert comment.id.startswith(article.id + "#comment-")
                assert comment.parent_id is None or comment.parent_id.startswith(
                    article.id + "#comment-"
                )


def test_the_newest_posts_of_a_discourse(tmp_path: Path) -> None:
    """As its address /posts.json answers, of any topic (Discourse 3.4)."""
    post = {
        "id": 9,
        "username": "alice",
        "created_at": "2024-03-04T09:22:00.000Z",
        "cooked": "<p>Le bac part.</p>",
        "post_number": 2,
        "post_type": 1,
        "topic_id": 57,
        "topic_slug": "le-bac",
        "topic_title": "Le bac",
    }
    path = tmp_path / "posts.json"
    path.write_text(json.dumps({"latest_posts": [post]}), "utf-8")
    [article], skipped, _ = read_file(path)
    assert (article.headline, skipped) == ("Le bac", [])
    assert [comment.text for comment in article.comments] == ["Le bac part."]
