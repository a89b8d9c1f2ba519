"""Do the answers of a real WordPress (6.1.9, a French blog) read as its own export does?

They are beside the project and not in it: `$GLOSE_SHARED`, or `../shared`.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.article.ids import plain
from indexer.article.model import Article
from indexer.pipeline.sources import read
from indexer.reporting.report import Remark
from indexer.web.fetching import Fetching
from indexer.wordpress.api import Api, Site, discover
from indexer.wordpress.rest import visit
from indexer.wordpress.state import State

TOP = Path(__file__).parents[3]
SHARED = Path(os.environ.get("GLOSE_SHARED", TOP.parent / "shared")) / "fixtures"
CAPTURED = SHARED / "wp-rest" / "bitcoinfrance"
THERE = "http://127.0.0.1:8099"
pytestmark = pytest.mark.skipif(
    not CAPTURED.is_dir(), reason="the shared fixtures are not on this machine"
)


def letters(text: str) -> str:
    """A text without its typography: a page's apostrophes are curly, its quotes French."""
    return "".join(one for one in plain(text).casefold() if one.isalnum())


def body(name: str) -> Any:
    return json.loads((CAPTURED / name).read_bytes())


def reply(name: str, home: str) -> tuple[int, dict[str, str], bytes]:
    """An answer as it was captured, its headers too, at the address of the test's server."""
    first, *lines = (CAPTURED / f"{name}.headers").read_text().splitlines()
    told = dict(line.split(": ", 1) for line in lines if ": " in line)
    for gone in ("Host", "Connection", "Date"):
        del told[gone]
    told = {key: value.replace(THERE, home) for key, value in told.items()}
    said = (CAPTURED / name).read_bytes()
    for old, new in ((THERE, home), (THERE.replace("/", "\\/"), home.replace("/", "\\/"))):
        said = said.replace(old.encode(), new.encode())
    return int(first.split()[1]), told, said


@pytest.fixture
def fetching() -> Any:
    one = Fetching(rate=1000.0, private=["127.0.0.1"])
    yield one
    one.close()


@pytest.fixture
def blog(site: Any) -> Any:
    """The posts and comments that were captured; the pages were not."""
    here = json.dumps(body("posts_all_p1.json")).replace(THERE, site.home)
    site.posts = {post["id"]: post for post in json.loads(here)}
    every = [one for number in range(1, 5) for one in body(f"comments_p{number}.json")]
    site.comments = {one["id"]: one for one in every}
    site.terms = {
        "categories": {one["id"]: one["name"] for one in body("categories.json")},
        "users": {one["id"]: one["name"] for one in body("users.json")},
        "tags": {},
    }

    def odd(path: str, asked: dict[str, str]) -> Any:
        return reply("index.json", site.home) if path == "/wp-json/" else None

    site.odd = odd
    return site


def test_its_articles_and_threads_are_those_of_the_export(blog: Any, fetching: Any) -> None:
    told: list[Any] = []
    states: list[State] = []
    now = datetime.now(UTC)
    for portion in visit(fetching, blog.home, None, now=now, keep=states.append):
        told += portion
    found = {one.id: one for one in told if isinstance(one, Article)}
    assert len(found) == 78
    exported = {
        one.id.replace(THERE.removeprefix("http://"), blog.home.removeprefix("http://")): one
        for one in read([SHARED / "wxr" / "bitcoinfrance_wp6.1.9_export.fr.xml"])
        if isinstance(one, Article)
    }
    assert found.keys() <= exported.keys()
    comments = replies = 0
    for name, article in found.items():
        other = exported[name]
        assert letters(article.headline) == letters(other.headline)
        assert article.url == (other.url or "").replace(THERE, blog.home)
        assert article.date_published == other.date_published
        assert article.article_section == other.article_section
        assert article.author == other.author
        assert article.publisher == other.publisher
        assert [(one.id.rpartition("#")[2], one.author, one.date_published, one.anchor)
                for one in article.comments] == [
            (one.id.rpartition("#")[2], one.author, one.date_published, one.anchor)
            for one in other.comments
        ]  # fmt: skip
        assert [(one.parent_id or "").rpartition("#")[2] for one in article.comments] == [
            (one.parent_id or "").rpartition("#")[2] for one in other.comments
        ]
        comments += len(article.comments)
        replies += sum(one.parent_id is not None for one in article.comments)
    under_posts = [one for one in blog.comments.values() if one["post"] in blog.posts]
    assert comments == len(under_posts)
    assert replies == sum(one["parent"] != 0 for one in under_posts)
    assert not [one for one in told if isinstance(one, Remark)]


def test_its_words_are_those_of_the_export(blog: Any, fetching: Any) -> None:
    told = [one for portion in visit(fetching, blog.home, None, now=datetime.now(UTC),
                                     keep=lambda state: None) for one in portion]  # fmt: skip
    exported = {
        one.id.rpartition(":")[2]: one
        for one in read([SHARED / "wxr" / "bitcoinfrance_wp6.1.9_export.fr.xml"])
        if isinstance(one, Article)
    }
    articles = [one for one in told if isinstance(one, Article)]
    comments = [
        (letters(mine.text), letters(theirs.text))
        for one in articles
        for mine, theirs in zip(
            one.comments, exported[one.id.rpartition(":")[2]].comments, strict=True
        )
    ]
    # ":D" became a picture, "5x5" a 5×5, and "www.…" a link with its http
    same = sum(mine == theirs for mine, theirs in comments)
    assert (same, len(comments)) == (161, 166)
    bodies = [
        (
            letters("".join(part.text for part in one.sections)),
            letters("".join(part.text for part in exported[one.id.rpartition(":")[2]].sections)),
        )
        for one in articles
    ]
    assert all(mine == theirs for mine, theirs in bodies)


def test_a_second_visit_of_it(blog: Any, fetching: Any) -> None:
    states: list[State] = []
    now = datetime.now(UTC)
    first = [one for portion in visit(fetching, blog.home, None, now=now, keep=states.append)
             for one in portion]  # fmt: skip
    assert len(first) == 78
    blog.routes()
    again = [one for portion in visit(fetching, blog.home, states[-1], now=now,
                                      keep=states.append) for one in portion]  # fmt: skip
    assert again == []
    assert blog.routes() == ["comments", "posts", "posts", "pages", "pages"]


def test_its_lists_as_they_were_captured(site: Any, fetching: Any) -> None:
    def odd(path: str, asked: dict[str, str]) -> Any:
        number = int(asked.get("page", 1))
        if path.endswith("/posts"):
            name = "posts_p99_error" if number > 1 else "posts_modified_after"
        elif int(asked.get("per_page", 10)) > 50:
            name = "posts_perpage101_error"
        else:
            name = f"comments_p{number}" if number < 5 else "comments_p99_error"
        return reply(f"{name}.json", site.home)

    site.odd = odd
    api = Api(fetching, Site(f"{site.home}/wp-json/", site.home))
    posts = [one for page in api.pages("posts", "les articles") for one in page.items]
    assert len(posts) == 5  # the five that were captured, then 400 ends the list
    comments = [one for page in api.pages("comments", "les commentaires") for one in page.items]
    assert len(comments) == 193
    assert sum(one["parent"] != 0 for one in comments) == 107


def test_its_index(blog: Any, fetching: Any) -> None:
    found = discover(fetching, blog.home)
    assert found == Site(f"{blog.home}/wp-json/", blog.home, "bitcoin-france.org", "fr-FR")


def test_one_behind_a_password_and_an_orphan_thread(site: Any, fetching: Any) -> None:
    post = body("statuses_post1085.json")
    site.posts = {1085: post, 1153: {**post, "id": 1153, "content": {"rendered": "<p>Oui.</p>"}}}
    every = body("statuses_comments_post1153.json")
    site.comments = {one["id"]: one for one in every}
    site.terms = {"categories": {}, "tags": {}, "users": {}}
    told = [one for portion in visit(fetching, site.home, None, now=datetime.now(UTC),
                                     keep=lambda state: None) for one in portion]  # fmt: skip
    hidden, other = (one for one in told if isinstance(one, Article))
    assert hidden.headline == "Comment déclarer vos bitcoins aux impôts"
    assert (hidden.sections, hidden.comments, hidden.description) == ((), (), None)
    assert hidden.same_as == ("http://www.e-ducat.fr/?p=1085", f"{site.home}/?p=1085")
    assert len(other.comments) == len(every)
    remarks = {one.kind: one.message for one in told if isinstance(one, Remark)}
    assert remarks["orphan"] == "3 réponses à un commentaire absent"
    assert remarks["protected"] == "1 article protégé par un mot de passe, gardé par son titre"
