"""Do the comments of an article that was left aside stay aside, wherever they are kept?"""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from indexer.article.model import Article
from indexer.merging.joining import join
from indexer.pipeline.sources import read
from indexer.reporting.report import Outcome, Remark

SECRET = "mirabelle"
"""What stands in the text of what is or is not public."""

Fate = Callable[[list[Outcome]], str]


def disqus(state: str) -> str:
    flags = "".join(f"<{name}>true</{name}>" for name in state.split())
    return f"""<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><link>https://a.example/un</link><title>Un</title></thread>
<post dsq:id="2"><message>{SECRET}</message><createdAt>2024-01-01T00:00:00Z</createdAt>
{flags}<thread dsq:id="1"/></post></disqus>"""


POSTS = "id,title,content,url,status\n5,Un,Secret,https://a.example/un,{}\n6,Deux,Clair,,publish\n"
COMMENTS = "comment_id,article_id,comment_content,comment_approved\n1,5,mirabelle,1\n2,6,Oui,1\n"


@pytest.mark.parametrize("order", list(permutations(("1", "2", "3"))))
@pytest.mark.parametrize("threads_first", [False, True])
@pytest.mark.parametrize(("state", "expected"), [("draft", "aside"), ("publish", "public")])
def test_comments_of_a_draft_wherever_they_are(
    order: tuple[str, ...], threads_first: bool, state: str, expected: str, tmp_path: Path
) -> None:
    posts, comments, threads = (tmp_path / f"{name}.x" for name in order)
    posts.write_text(POSTS.format(state))
    comments.write_text(COMMENTS)
    threads.write_text(disqus(""))
    outcomes = _of_folder([posts, comments, threads], threads_first)
    text = repr([outcome for outcome in outcomes if isinstance(outcome, Article)])
    assert (SECRET in text) is (expected == "public")
    assert "Oui" in text
    messages = [outcome.message for outcome in outcomes if isinstance(outcome, Remark)]
    remark = "2 commentaires d'articles non publiés laissés de côté"
    assert (remark in messages) is (expected == "aside")


def _of_folder(paths: list[Path], threads_first: bool) -> list[Outcome]:
    outcomes = read(sorted(paths), threads_first=threads_first)
    return list(join(outcomes) if threads_first else outcomes)


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
@pytest.mark.parametrize(("state", "is_shown"), [("draft", False), ("publish", True)])
def test_comments_that_know_a_title_only(
    order: tuple[str, str], state: str, is_shown: bool, tmp_path: Path
) -> None:
    posts, comments = (tmp_path / f"{name}.csv" for name in order)
    posts.write_text(f"id,titre,texte,statut\n5,Un,Secret,{state}\n6,Deux,Clair,publish\n")
    comments.write_text("commentaire_id,titre_article,commentaire\n1,Un,mirabelle\n2,Deux,Oui\n")
    text = repr([outcome for outcome in read([tmp_path]) if isinstance(outcome, Article)])
    assert (SECRET in text, "Oui" in text) == (is_shown, True)


@pytest.mark.parametrize("first", ["article", "comment"])
@pytest.mark.parametrize(("state", "is_shown"), [("draft", False), ("publish", True)])
def test_comments_that_know_a_title_only_in_one_table(
    first: str, state: str, is_shown: bool, tmp_path: Path
) -> None:
    rows = [f"article,5,Un,,Secret,,{state}", "commentaire,,Un,1,,mirabelle,1"]
    head = "type,id,titre,commentaire_id,texte,commentaire,statut\n"
    together = rows if first == "article" else rows[::-1]
    (tmp_path / "a.csv").write_text(head + "\n".join(together) + "\n")
    outcomes = [outcome for outcome in read([tmp_path]) if isinstance(outcome, Article)]
    assert (SECRET in repr(outcomes)) is is_shown
    assert len(outcomes) == is_shown


def test_a_thread_under_a_password(tmp_path: Path) -> None:
    """The title of such an article is public, and none of what is under it."""
    (tmp_path / "a.csv").write_text(
        "id,title,content,url,post_status,post_password\n"
        "5,Un,Secret,https://a.example/un,publish,sesame\n"
    )
    (tmp_path / "b.xml").write_text(disqus(""))
    for threads_first in (False, True):
        outcomes = _of_folder([tmp_path / "a.csv", tmp_path / "b.xml"], threads_first)
        [article] = [outcome for outcome in outcomes if isinstance(outcome, Article)]
        assert (article.headline, article.sections, article.comments) == ("Un", (), ())


def test_what_another_source_publishes_is_public(tmp_path: Path, fate: Fate) -> None:
    (tmp_path / "a.csv").write_text(POSTS.format("draft"))
    (tmp_path / "b.csv").write_text(POSTS.format("publish"))
    (tmp_path / "c.csv").write_text(COMMENTS)
    assert fate(list(read([tmp_path]))) == "public"
