"""Are comments kept as files put under their pages, without anybody's address?

Read in Staticman 3 and in the themes that use it: Minimal Mistakes 4.24 (`replying_to` is a
place among the files of the page, and not a name), Hugo's (`reply_to` is the `_id` of a
comment), and older ones where `_parent` is the page, or the comment, by what the form sent.
E-mails are MD5 sums, which Gravatar made anybody's to look up.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from index import engines
from indexer.article import Article
from indexer.canonical import articles as exported
from indexer.doors.commands import COMMANDS
from indexer.files import is_candidate
from indexer.pipeline.sources import open_file, read
from indexer.reporting import Remark, Skipped
from tests.indexer.samples import EXPORTS

DATA = EXPORTS / "_data"
INDEX = next(command for command in COMMANDS if command.name == "index")
FIRST = "5f0c2a10-dd0b-11ee-9c3a-0b5c1f2e3d4a"


def articles(*paths: Path) -> dict[str, Article]:
    return {outcome.headline: outcome for outcome in read(paths) if isinstance(outcome, Article)}


def in_index(where: Path) -> dict[str, Article]:
    engine = engines.open(str(where))
    try:
        return {article.headline: article for article in exported(engine.reader())}
    finally:
        engine.close()


def test_the_files_of_a_page_are_one_thread() -> None:
    articles_found = articles(DATA)
    assert sorted(articles_found) == ["la brume", "le bac"]
    first, answer = articles_found["la brume"].comments
    assert (first.author, first.text) == (
        "Maëlle",
        "La brume tient depuis mardi.\nQuatre, plutôt.",
    )
    assert [quote.text for quote in first.citation] == ["trois jours"]
    assert first.date_published == "2024-03-09T08:00:00+00:00"
    assert first.id.endswith(f"#comment-staticman-{FIRST}")
    # the first of the page's files that answer none
    assert (answer.author, answer.parent_id) == ("Yann", first.id)
    assert articles_found["la brume"].extra == {"completeness": "partial", "slug": "la-brume"}


def test_addresses_never_leave_the_file() -> None:
    text = "".join(map(repr, articles(DATA).values()))
    for private in ("mail.example", "0b5c1f2e3d4a0b5c", "c4ca4238", "maelle.example"):
        assert private not in text


def test_json_says_the_same(tmp_path: Path) -> None:
    [comment] = articles(DATA)["le bac"].comments
    assert (comment.author, comment.text) == ("Solène", "Il repart quand ?")
    assert comment.date_published == "2024-03-09T08:00:00+00:00"
    assert comment.parent_id is not None
    file = open_file(DATA / "comments/le-bac/entry1.json")
    assert isinstance(file, tuple)
    assert file[1].name == "staticman"


PARENTS = [
    ("reply_to", FIRST, True),
    ("replying_to_uid", FIRST, True),
    ("parent_id", FIRST, True),
    ("_parent", FIRST, True),
    ("_parent", "la-digue", False),
    ("_parent", "https://a.example/la-digue/", False),
    ("replying_to", "", False),
    ("reply_to", "null", False),
]


@pytest.mark.parametrize(("member", "value", "answers"), PARENTS)
def test_whom_a_comment_answers(member: str, value: str, answers: bool, tmp_path: Path) -> None:
    folder = tmp_path / "comments" / "la-digue"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text(f"_id: {FIRST}\nname: M\nmessage: Un.\ndate: 1709971200\n")
    (folder / "b.yml").write_text(
        f"_id: b\nname: Y\nmessage: Deux.\ndate: 1709971300\n{member}: {value}\n"
    )
    [articles_found] = articles(tmp_path).values()
    first, second = articles_found.comments
    assert second.parent_id == (first.id if answers else None)


FORMS = [
    ("comments/la-digue.yml", "- name: M\n  message: Un.\n  date: 2024-03-09 09:00:00 +0100\n"),
    ("comments/la-digue/1.yml", "name: M\ncomment: Un.\ndate: 2024-03-09 09:00:00 +0100\n"),
    ("_comments/x.yml", "post_id: /2024/la-digue\nname: M\ncomment: Un.\ndate: 2024-03-09 09:00\n"),
    ("comments/la-digue.yaml", "c1:\n  name: M\n  message: Un.\n  date: '2024-03-09T08:00:00Z'\n"),
    (
        "data/comments/posts/la-digue/e.json",
        '{"_id":"a","name":"M","body":"Un.","date":1709971200}',
    ),
]


@pytest.mark.parametrize(("path", "data"), FORMS, ids=[row[0] for row in FORMS])
def test_forms(path: str, data: str, tmp_path: Path) -> None:
    where = tmp_path / path
    where.parent.mkdir(parents=True)
    where.write_text(data, "utf-8")
    [articles_found] = articles(tmp_path).values()
    assert articles_found.headline == "la digue"
    [comment] = articles_found.comments
    assert (comment.author, comment.text) == ("M", "Un.")
    assert (comment.date_published or "").startswith("2024-03-09T0")


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        ("hidden: ''", True),
        ("hidden: false", True),
        ("hidden: true", False),
        ("spam: yes", False),
        ("published: false", False),
        ("approved: no", False),
        ("approved: true", True),
        ("status: pending", False),
        ("status: approved", True),
        ("status: embargo", False),
    ],
)
def test_states(line: str, is_kept: bool, tmp_path: Path) -> None:
    path = tmp_path / "comments" / "a" / "1.yml"
    path.parent.mkdir(parents=True)
    path.write_text(f"_id: a\nname: M\nmessage: Un.\n{line}\n", "utf-8")
    outcomes = list(read([path]))
    assert bool(articles(path)) == is_kept
    assert bool([outcome for outcome in outcomes if isinstance(outcome, Remark)]) != is_kept


def test_settings_of_the_site_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("title: Le port\n", "utf-8")
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data" / "menu.yml").write_text("- name: Accueil\n", "utf-8")
    shutil.copytree(DATA / "comments", tmp_path / "_data" / "comments")
    outcomes = list(read([tmp_path]))
    assert [outcome for outcome in outcomes if isinstance(outcome, Skipped)] == []
    assert not is_candidate(Path("_data/menu.yml"))
    assert not is_candidate(Path("mon-site-sans-comments/_config.yml"))


def test_a_faulty_file_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "comments" / "a.yml"
    path.parent.mkdir()
    path.write_text("name: M\nmessage: Un.\ndate: 1\nurl: 'jamais fermé\n", "utf-8")
    [skipped] = read([path])
    assert isinstance(skipped, Skipped)
    assert "YAML mal formé (ligne" in skipped.reason


def site(folder: Path) -> Path:
    """A site of Jekyll: an article without an address, and its comments beside."""
    (folder / "_posts").mkdir(parents=True)
    (folder / "_posts" / "2024-03-09-la-brume.md").write_text(
        "---\ntitle: La brume du matin\n---\nElle tient depuis mardi.\n", "utf-8"
    )
    shutil.copytree(DATA, folder / "_data")
    return folder


def test_comments_join_the_articles_of_the_same_site(tmp_path: Path) -> None:
    where = tmp_path / "index"
    arguments = [str(site(tmp_path / "site")), "--join", "--index", str(where)]
    for _ in range(2):
        result = CliRunner().invoke(INDEX, arguments)
        assert result.exit_code == 0, result.output
    assert "0 passage ajouté, 0 modifié" in result.output
    articles_found = in_index(where)
    assert len(articles_found["La brume du matin"].comments) == 2
    assert len(articles_found["La brume du matin"].sections) == 1
    # nothing here is called so: it stays under the end of its address
    assert sorted(articles_found) == ["La brume du matin", "le bac"]


@pytest.mark.parametrize("together", [True, False])
def test_comments_join_an_article_by_the_end_of_its_address(together: bool, tmp_path: Path) -> None:
    where = tmp_path / "index"
    page = tmp_path / "a.jsonl"
    article = {"id": "a", "url": "https://port.example/2024/03/la-brume/", "headline": "La brume"}
    page.write_text(json.dumps({**article, "sections": [{"text": "Elle tient."}]}) + "\n", "utf-8")
    runs = [[str(page), str(DATA)]] if together else [[str(page)], [str(DATA)]]
    for paths in runs:
        result = CliRunner().invoke(INDEX, [*paths, "--join", "--index", str(where)])
        assert result.exit_code == 0, result.output
    assert [comment.id.partition("#")[0] for comment in in_index(where)["La brume"].comments] == [
        "a",
        "a",
    ]


@pytest.mark.parametrize("options", [[], ["--join"]])
def test_comments_of_a_draft_stay_with_it(options: list[str], tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    post = folder / "_posts" / "2024-03-09-la-brume.md"
    post.write_text(post.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    where = tmp_path / "index"
    CliRunner().invoke(INDEX, [str(folder), *options, "--index", str(where)])
    assert sorted(in_index(where)) == ["le bac"]


def test_in_an_archive(tmp_path: Path) -> None:
    packed = tmp_path / "site.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(DATA.rglob("*.*")):
            if path.is_file():
                archive.write(path, os.path.join("site", path.relative_to(DATA.parent)))
    assert len(articles(packed)["la brume"].comments) == 2
