"""Are saved answers of a WordPress read as the same answers over HTTP?

States and kinds are those of WordPress 7.1: `wp/v2/posts` and `wp/v2/comments` give only what
everybody may read, but whoever saved them may have been logged in (`status=any`,
`context=edit`), and then drafts, held comments, editors' notes and e-mails are in the files.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index import engines
from indexer.article import Article, Publication
from indexer.canonical import articles as exported
from indexer.doors.commands import COMMANDS
from indexer.files import CapturedFile, ReadingOptions
from indexer.pipeline.sources import open_file, read
from indexer.reporting import Remark, Skipped
from indexer.times import Capture
from indexer.wordpress import SavedRestFormat
from indexer.wordpress import articles as over_http
from indexer.wordpress.site import Site
from tests.indexer.samples import EXPORTS
from tests.shared import SHARED

FOLDER = EXPORTS / "rest"
CAPTURE = Capture(date(2026, 11, 20))
INDEX = next(command for command in COMMANDS if command.name == "index")
FRUITS = ("Rambutan", "Durian", "Tamarillo", "Carambole", "Physalis", "Jujube", "mail.example")


def articles(*paths: Path) -> dict[str, Article]:
    articles_read = [outcome for outcome in read(paths, CAPTURE) if isinstance(outcome, Article)]
    assert len({article.id for article in articles_read}) == len(articles_read)
    return {article.id: article for article in articles_read}


def test_a_folder_gives_articles_with_their_threads_and_names() -> None:
    articles_found = articles(FOLDER)
    assert sorted(articles_found) == [
        "wp:port.example:12",
        "wp:port.example:13",
        "wp:port.example:16",
    ]
    first = articles_found["wp:port.example:12"]
    assert (first.headline, first.url) == ("La jetée", "https://port.example/2024/la-jetee/")
    assert first.author == ("Maëlle Quéré",)
    assert (first.article_section, first.keywords) == (("Quais & jetées",), ("Hiver",))
    assert (first.date_published, first.publisher) == ("2024-03-02T07:00:00Z", "Le Port")
    assert [(section.headline, section.text) for section in first.sections] == [
        (None, "La jetée est fermée."),
        ("Jusqu’à quand ?", "Jusqu’en mai."),
    ]
    assert [(comment.anchor, comment.parent_id, comment.author) for comment in first.comments] == [
        ("comment-30", None, "Nadège"),
        ("comment-31", "wp:port.example:12#comment-30", "Erwan"),
    ]
    # a file is a page of a list: the next one may hold more
    assert first.extra["completeness"] == "partial"
    embedded = articles_found["wp:port.example:16"]
    assert (embedded.author, embedded.article_section) == (("Loïc Riou",), ())


def test_what_readers_may_not_see_stays_in_the_files() -> None:
    text = "".join(map(repr, articles(FOLDER).values()))
    assert not [fruit for fruit in FRUITS if fruit in text]
    kinds = {outcome.kind for outcome in read([FOLDER], CAPTURE) if isinstance(outcome, Remark)}
    assert {"unpublished_articles", "unpublished", "pings", "protected"} <= kinds
    assert "under_unpublished" in kinds


@pytest.mark.parametrize(
    ("member", "state", "read_it"),
    [
        ("status", "publish", True),
        ("status", "future", False),
        ("status", "draft", False),
        ("status", "pending", False),
        ("status", "private", False),
        ("status", "trash", False),
        ("status", "inherit", False),
        ("status", "a-plugin-s-own", False),
        ("type", "post", True),
        ("type", "page", True),
        ("type", "attachment", False),
        ("type", "wp_block", False),
        ("type", "product", False),
    ],
)
def test_states_and_kinds_of_articles(
    member: str, state: str, read_it: bool, tmp_path: Path
) -> None:
    [post, *_] = json.loads((FOLDER / "posts.json").read_text("utf-8"))
    path = tmp_path / "posts.json"
    path.write_text(json.dumps([{**post, member: state}]), "utf-8")
    assert bool(articles(path)) == read_it


@pytest.mark.parametrize(
    ("members", "is_kept"),
    [
        ({"status": "approved"}, True),
        ({"status": "hold"}, False),
        ({"status": "spam"}, False),
        ({"status": "trash"}, False),
        ({"type": ""}, True),
        ({"type": "comment"}, True),
        ({"type": "note"}, False),
        ({"type": "pingback"}, False),
        ({"type": "trackback"}, False),
        ({"type": "review"}, False),
        ({"post": 0}, False),
    ],
)
def test_states_and_kinds_of_comments(
    members: dict[str, Any], is_kept: bool, tmp_path: Path
) -> None:
    comments = json.loads((FOLDER / "comments.json").read_text("utf-8"))
    path = tmp_path / "comments.json"
    path.write_text(json.dumps([{**comments[1], **members}]), "utf-8")
    assert bool(articles(path)) == is_kept


def test_states_that_whoever_indexes_adds() -> None:
    form = SavedRestFormat(ReadingOptions(Publication(["future"])))
    file = CapturedFile(FOLDER / "posts.json", "posts.json", CAPTURE)
    texts = [outcome.sections for outcome in form.read(file) if isinstance(outcome, Article)]
    assert any("Rambutan" in repr(text) for text in texts)


def test_read_as_over_http() -> None:
    [post, *_] = json.loads((FOLDER / "posts.json").read_text("utf-8"))
    thread = json.loads((FOLDER / "comments.json").read_text("utf-8"))[:2]
    names = {
        ("users", 3): "Maëlle Quéré",
        ("categories", 4): "Quais & jetées",
        ("tags", 9): "Hiver",
    }
    site = Site("", "https://port.example", "Le Port")
    http = over_http.article(
        site, "posts", post, sorted(thread, key=lambda comment: comment["id"]), names
    )
    saved = articles(FOLDER)["wp:port.example:12"]
    names_compared = (
        "id",
        "headline",
        "url",
        "same_as",
        "sections",
        "author",
        "keywords",
        "publisher",
    )
    for member in (
        *names_compared,
        "article_section",
        "date_published",
        "date_modified",
        "description",
    ):
        assert getattr(saved, member) == getattr(http, member)
    assert [comment.id for comment in saved.comments] == [comment.id for comment in http.comments]
    assert [comment.text for comment in saved.comments] == [
        comment.text for comment in http.comments
    ]


def test_comments_alone_keep_the_address_of_their_article() -> None:
    [first, *_] = articles(FOLDER / "comments.json").values()
    assert (first.id, first.headline) == ("wp:port.example:12", "la jetee")
    assert first.url == "https://port.example/2024/la-jetee/"
    assert first.extra["completeness"] == "partial"


@pytest.mark.parametrize(
    "order", [("posts.json", "comments.json"), ("comments.json", "posts.json")]
)
def test_one_night_the_articles_another_their_threads(
    order: tuple[str, str], tmp_path: Path
) -> None:
    """Whichever comes first, and however often each comes again."""
    where = str(tmp_path / "index")
    for name in order:
        # what nobody may see is known from the other file, which is read another night
        items = json.loads((FOLDER / name).read_text("utf-8"))
        public = [item for item in items if {item["id"], item.get("post")}.isdisjoint((13, 14))]
        (tmp_path / name).write_text(json.dumps(public), "utf-8")
    for name in (*order, *order):
        result = CliRunner().invoke(INDEX, [str(tmp_path / name), "--index", where])
        assert result.exit_code == 0, result.output
    assert "0 passage ajouté, 0 modifié" in result.output
    engine = engines.open(where)
    try:
        by_id = {article.id: article for article in exported(engine.reader())}
    finally:
        engine.close()
    first = by_id["wp:port.example:12"]
    assert first.headline == "La jetée"
    assert len(first.sections) == 2
    assert [comment.anchor for comment in first.comments] == ["comment-30", "comment-31"]


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    arguments = [str(FOLDER), "--index", str(tmp_path / "index"), "--captured", "2026-11-20"]
    CliRunner().invoke(INDEX, arguments)
    second_run = CliRunner().invoke(INDEX, arguments)
    assert "0 passage ajouté, 0 modifié" in second_run.output


def test_the_page_past_the_end_is_no_fault(tmp_path: Path) -> None:
    """Scripts ask until WordPress says that there is no such page (400, for posts)."""
    path = tmp_path / "posts-9.json"
    path.write_text('{"code":"rest_post_invalid_page_number","message":"…","data":{"status":400}}')
    assert list(read([path], CAPTURE)) == []
    path.write_text('{"code":"rest_cannot_access","message":"Non.","data":{"status":401}}')
    [skipped] = read([path], CAPTURE)
    assert isinstance(skipped, Skipped)
    assert "Non." in skipped.reason


def test_a_truncated_answer_gives_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    data = (FOLDER / "posts.json").read_bytes()
    path.write_bytes(data[: data.index(b'{"id": 16')])
    outcomes = list(read([path], CAPTURE))
    assert {outcome.id for outcome in outcomes if isinstance(outcome, Article)} == {
        "wp:port.example:12",
        "wp:port.example:13",
    }
    assert any(isinstance(outcome, Skipped) and "tronqué" in outcome.reason for outcome in outcomes)


def test_names_beside_are_not_looked_for_next_to_a_member_of_an_archive(tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "rest"), "zip", FOLDER)
    articles_found = articles(tmp_path / "rest.zip")
    assert articles_found["wp:port.example:12"].author == ()
    assert len(articles_found["wp:port.example:12"].comments) == 2


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared cases are not on this machine")
def test_the_shared_answers() -> None:
    [page_article] = articles(SHARED / "cases/pages/rest_posts.json").values()
    assert (page_article.id, page_article.headline) == ("wp:e.example:7", "Essai de titre")
    assert page_article.sections[0].text == "Un paragraphe."
    folder = SHARED / "fixtures/wp-rest/bitcoinfrance"
    file = open_file(folder / "comments_p1.json")
    assert isinstance(file, tuple)
    assert file[1].name == "wordpress-json"
    lengths = [len(json.loads(path.read_bytes())) for path in folder.glob("comments_p?.json")]
    pages = [articles(path) for path in sorted(folder.glob("comments_p?.json"))]
    comments = {
        comment.id
        for page in pages
        for page_article in page.values()
        for comment in page_article.comments
    }
    assert len(comments) == sum(lengths)
