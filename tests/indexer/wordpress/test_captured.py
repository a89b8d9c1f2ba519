"""Do the answers of a real WordPress (6.1.9, a French blog) read as its own export does?

They are beside the project and not in it: `$GLOSE_SHARED`, or `../shared`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from indexer.article.ids import plain
from indexer.article.model import Article, Comment
from indexer.pipeline.sources import read
from indexer.reporting.report import Remark
from indexer.web.fetching import Fetching
from indexer.wordpress.api import Api, discover
from indexer.wordpress.rest import visit
from indexer.wordpress.site import Site
from indexer.wordpress.state import State
from tests.shared import SHARED

FIXTURES = SHARED / "fixtures"
CAPTURED = FIXTURES / "wp-rest" / "bitcoinfrance"
THERE = "http://127.0.0.1:8099"
pytestmark = pytest.mark.skipif(
    not CAPTURED.is_dir(), reason="the shared fixtures are not on this machine"
)


def letters(text: str) -> str:
    """A text without its typography: a page's apostrophes are curly, its quotes French."""
    return "".join(character for character in plain(text).casefold() if character.isalnum())


def _signature(comment: Comment) -> tuple[str, str | None, str | None, str | None]:
    return comment.id.rpartition("#")[2], comment.author, comment.date_published, comment.anchor


def body(name: str) -> Any:
    return json.loads((CAPTURED / name).read_bytes())


def reply(name: str, home: str) -> tuple[int, dict[str, str], bytes]:
    """An answer as it was captured, its headers too, at the address of the test's server."""
    first, *lines = (CAPTURED / f"{name}.headers").read_text().splitlines()
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    for header in ("Host", "Connection", "Date"):
        del headers[header]
    headers = {key: value.replace(THERE, home) for key, value in headers.items()}
    content = (CAPTURED / name).read_bytes()
    for old, new in ((THERE, home), (THERE.replace("/", "\\/"), home.replace("/", "\\/"))):
        content = content.replace(old.encode(), new.encode())
    return int(first.split()[1]), headers, content


@pytest.fixture
def fetching() -> Any:
    client = Fetching(rate=1000.0, private=["127.0.0.1"])
    yield client
    client.close()


@pytest.fixture
def blog(site: Any) -> Any:
    """The posts and comments that were captured; the pages were not."""
    posts_text = json.dumps(body("posts_all_p1.json")).replace(THERE, site.home)
    site.posts = {post["id"]: post for post in json.loads(posts_text)}
    comments = [comment for number in range(1, 5) for comment in body(f"comments_p{number}.json")]
    site.comments = {comment["id"]: comment for comment in comments}
    site.terms = {
        "categories": {term["id"]: term["name"] for term in body("categories.json")},
        "users": {term["id"]: term["name"] for term in body("users.json")},
        "tags": {},
    }

    def reply_captured(path: str, params: dict[str, str]) -> Any:
        return reply("index.json", site.home) if path == "/wp-json/" else None

    site.odd = reply_captured
    return site


def test_its_articles_and_threads_are_those_of_the_export(blog: Any, fetching: Any) -> None:
    outcomes: list[Any] = []
    states: list[State] = []
    now = datetime.now(UTC)
    for portion in visit(fetching, blog.home, None, now=now, keep=states.append):
        outcomes += portion
    articles = {article.id: article for article in outcomes if isinstance(article, Article)}
    assert len(articles) == 78
    exported = {
        article.id.replace(
            THERE.removeprefix("http://"), blog.home.removeprefix("http://")
        ): article
        for article in read([FIXTURES / "wxr" / "bitcoinfrance_wp6.1.9_export.fr.xml"])
        if isinstance(article, Article)
    }
    assert articles.keys() <= exported.keys()
    comments = replies = 0
    for name, article in articles.items():
        exported_article = exported[name]
        assert letters(article.headline) == letters(exported_article.headline)
        assert article.url == (exported_article.url or "").replace(THERE, blog.home)
        assert article.date_published == exported_article.date_published
        assert article.article_section == exported_article.article_section
        assert article.author == exported_article.author
        assert article.publisher == exported_article.publisher
        assert [_signature(comment) for comment in article.comments] == [
            _signature(comment) for comment in exported_article.comments
        ]
        assert [(comment.parent_id or "").rpartition("#")[2] for comment in article.comments] == [
            (comment.parent_id or "").rpartition("#")[2] for comment in exported_article.comments
        ]
        comments += len(article.comments)
        replies += sum(comment.parent_id is not None for comment in article.comments)
    under_posts = [comment for comment in blog.comments.values() if comment["post"] in blog.posts]
    assert comments == len(under_posts)
    assert replies == sum(comment["parent"] != 0 for comment in under_posts)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Remark)]


def test_its_words_are_those_of_the_export(blog: Any, fetching: Any) -> None:
    outcomes = [outcome for portion in visit(fetching, blog.home, None, now=datetime.now(UTC),
                                     keep=lambda state: None) for outcome in portion]  # fmt: skip
    exported = {
        article.id.rpartition(":")[2]: article
        for article in read([FIXTURES / "wxr" / "bitcoinfrance_wp6.1.9_export.fr.xml"])
        if isinstance(article, Article)
    }
    articles = [article for article in outcomes if isinstance(article, Article)]
    comments = [
        (letters(read_text.text), letters(exported_text.text))
        for article in articles
        for read_text, exported_text in zip(
            article.comments, exported[article.id.rpartition(":")[2]].comments, strict=True
        )
    ]
    # ":D" became a picture, "5x5" a 5×5, and "www.…" a link with its http
    equal_count = sum(read_text == exported_text for read_text, exported_text in comments)
    assert (equal_count, len(comments)) == (161, 166)
    bodies = [
        (
            letters("".join(part.text for part in article.sections)),
            letters(
                "".join(part.text for part in exported[article.id.rpartition(":")[2]].sections)
            ),
        )
        for article in articles
    ]
    assert all(read_text == exported_text for read_text, exported_text in bodies)


def test_a_second_visit_of_it(blog: Any, fetching: Any) -> None:
    states: list[State] = []
    now = datetime.now(UTC)
    first = [outcome for portion in visit(fetching, blog.home, None, now=now, keep=states.append)
             for outcome in portion]  # fmt: skip
    assert len(first) == 78
    blog.routes()
    second_visit = [outcome for portion in visit(fetching, blog.home, states[-1], now=now,
                                      keep=states.append) for outcome in portion]  # fmt: skip
    assert second_visit == []
    assert blog.routes() == ["comments", "posts", "posts", "pages", "pages"]


def test_its_lists_as_they_were_captured(site: Any, fetching: Any) -> None:
    def reply_captured(path: str, params: dict[str, str]) -> Any:
        number = int(params.get("page", 1))
        if path.endswith("/posts"):
            name = "posts_p99_error" if number > 1 else "posts_modified_after"
        elif int(params.get("per_page", 10)) > 50:
            name = "posts_perpage101_error"
        else:
            name = f"comments_p{number}" if number < 5 else "comments_p99_error"
        return reply(f"{name}.json", site.home)

    site.odd = reply_captured
    api = Api(fetching, Site(f"{site.home}/wp-json/", site.home))
    posts = [post for page in api.pages("posts", "les articles") for post in page.items]
    assert len(posts) == 5  # the five that were captured, then 400 ends the list
    comments = [
        comment for page in api.pages("comments", "les commentaires") for comment in page.items
    ]
    assert len(comments) == 193
    assert sum(comment["parent"] != 0 for comment in comments) == 107


def test_its_index(blog: Any, fetching: Any) -> None:
    site = discover(fetching, blog.home)
    assert site == Site(f"{blog.home}/wp-json/", blog.home, "bitcoin-france.org", "fr-FR")


def test_one_behind_a_password_and_an_orphan_thread(site: Any, fetching: Any) -> None:
    post = body("statuses_post1085.json")
    site.posts = {1085: post, 1153: {**post, "id": 1153, "content": {"rendered": "<p>Oui.</p>"}}}
    comments = body("statuses_comments_post1153.json")
    site.comments = {comment["id"]: comment for comment in comments}
    site.terms = {"categories": {}, "tags": {}, "users": {}}
    outcomes = [outcome for portion in visit(fetching, site.home, None, now=datetime.now(UTC),
                                     keep=lambda state: None) for outcome in portion]  # fmt: skip
    hidden, orphan_thread = (outcome for outcome in outcomes if isinstance(outcome, Article))
    assert hidden.headline == "Comment déclarer vos bitcoins aux impôts"
    assert (hidden.sections, hidden.comments, hidden.description) == ((), (), None)
    assert hidden.same_as == ("http://www.e-ducat.fr/?p=1085", f"{site.home}/?p=1085")
    assert len(orphan_thread.comments) == len(comments)
    remarks = {outcome.kind: outcome.message for outcome in outcomes if isinstance(outcome, Remark)}
    assert remarks["orphan"] == "3 réponses à un commentaire absent"
    assert remarks["protected"] == "1 article protégé par un mot de passe, gardé par son titre"
