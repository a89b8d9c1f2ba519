"""What is read in the XML of Over-Blog, however its posts are written?"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.publication import Publication
from indexer.files import ReadingOptions
from indexer.overblog import OverblogFormat
from indexer.overblog.pieces import pieces
from indexer.pipeline.sources import open_file, read
from indexer.reporting.report import Remark, Skipped
from tests.indexer.outcomes import articles, remarks
from tests.indexer.samples import EXPORTS
from tests.shared import SHARED

EXPORT = EXPORTS / "overblog.xml"
CASES = SHARED / "cases" / "exports"


def export(
    path: Path, *posts: str, head: str = "<blog><main_host>b.example</main_host></blog>"
) -> Path:
    path.write_text(f"<root>{head}<posts>{''.join(posts)}</posts></root>")
    return path


def post(content: str = "<![CDATA[<p>Texte.</p>]]>", status: str = "2", members: str = "") -> str:
    return (
        f"<post><title>T</title><slug>t.html</slug><status>{status}</status>"
        f"<published_at>2020-10-02T21:08:00+02:00</published_at><content>{content}</content>"
        f"{members}</post>"
    )


def test_posts_and_pages() -> None:
    first, mended, page = articles(read([EXPORT]))
    assert first.id == "overblog:phare-du-soir.over-blog.example:2020/10/la-brume.html"
    assert first.url == "http://phare-du-soir.over-blog.example/2020/10/la-brume.html"
    assert (first.headline, first.publisher) == ("La brume & la corne", "Le phare du soir")
    assert (first.author, first.keywords) == (("Soizic",), ("phare", "mer du Nord"))
    assert first.date_published == "2020-10-02T21:08:00+02:00"
    assert first.date_modified == "2020-10-03T21:08:00+02:00"
    assert [(section.headline, section.text) for section in first.sections] == [
        (None, "Elle vient."),
        ("Le soir", "On l’entend."),
    ]
    assert mended.sections[0].text == "Un deux trois\nquatre & cinq"
    assert mended.date_published == "2020-11-02T21:08:00+01:00"  # in the blog's own zone
    assert (page.headline, page.sections[0].text) == ("À propos", "Une page.")


def test_replies_are_under_what_they_answer() -> None:
    article = articles(read([EXPORT]))[0]
    first, reply, deeper, orphan = article.comments
    assert (first.author, first.text) == ("Yann", "Je l'ai vue.\nDeux fois.")
    assert (reply.author, reply.parent_id) == ("Soizic", first.id)
    assert (deeper.author, deeper.parent_id) == (None, reply.id)
    assert orphan.text == "Je réponds au vide."
    assert orphan.parent_id not in {comment.id for comment in article.comments}


def test_what_is_left_aside_or_mended_is_said() -> None:
    outcomes = list(read([EXPORT]))
    messages = remarks(outcomes)
    assert messages["unpublished_articles"].startswith("1 ")
    assert messages["unpublished"].startswith("1 ")
    assert messages["under_unpublished"].startswith("1 ")
    assert messages["orphan"].startswith("1 ")
    lines = [
        outcome.line
        for outcome in outcomes
        if isinstance(outcome, Remark) and outcome.kind == "xml"
    ]
    assert lines == [1, 7]  # the blog itself, and a post


@pytest.mark.parametrize(
    ("status", "public"),
    # two public converters keep 2 alone; what 0, 3 and more are is nobody's guess to make
    [
        ("2", True),
        ("", False),
        ("0", False),
        ("1", False),
        ("3", False),
        ("4", False),
        ("x", False),
    ],
)
def test_states(status: str, public: bool, tmp_path: Path) -> None:
    comment = f"<comment><status>{status}</status><content>Oui</content></comment>"
    path = export(
        tmp_path / "a.xml",
        post(status=status),
        post(members=f"<comments>{comment}</comments>"),
    )
    articles_found = articles(read([path]))
    assert sum(len(article.comments) for article in articles_found) == public


def test_a_state_that_is_asked_for(tmp_path: Path) -> None:
    path = export(tmp_path / "a.xml", post(status="1"))
    form = OverblogFormat(ReadingOptions(Publication(["1"]), UTC))
    assert len(articles(read([path], forced=form))) == 1


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<![CDATA[<p>a</p>]]>", "a"),
        ("&lt;p&gt;a &amp;amp; b&lt;/p&gt;", "a & b"),
        ("<p>a<br>b</p>", "a\nb"),
        ("<p>a &eacute;t&eacute; & b</p>", "a été & b"),
        ("<![CDATA[<p>a</p>", "a"),
        ("<![CDATA[<p>a ]]> b</p>]]>", "a b"),
        ("<![CDATA[<p>a <![CDATA[b]]></p>]]>", "a b"),
        ("<![CDATA[a\x0bb]]>", "a b"),
        ("<![CDATA[a </post> b]]>", "a b"),
    ],
)
def test_a_malformed_text_is_read_and_the_next_post_too(
    content: str, text: str, tmp_path: Path
) -> None:
    outcomes = list(read([export(tmp_path / "a.xml", post(content), post().replace("t.", "u."))]))
    first, second = articles(outcomes)
    assert " ".join(section.text for section in first.sections) == text
    assert second.sections[0].text == "Texte."
    assert not [outcome for outcome in outcomes if isinstance(outcome, Skipped)]


def test_a_post_without_an_end_does_not_hide_the_next_one(tmp_path: Path) -> None:
    unended = post().removesuffix("</post>")
    path = export(tmp_path / "a.xml", unended, post().replace("t.html", "u.html"))
    assert [article.url for article in articles(read([path]))] == [
        "http://b.example/t.html",
        "http://b.example/u.html",
    ]


def test_a_truncated_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(EXPORT.read_bytes().partition(b"On l&rsquo;")[0])
    [skipped] = [outcome for outcome in read([path]) if isinstance(outcome, Skipped)]
    assert (skipped.reason, skipped.line) == ("XML tronqué", 5)


def test_without_a_host_the_path_tells_which_article_it_is(tmp_path: Path) -> None:
    [article] = articles(read([export(tmp_path / "a.xml", post(), head="<blog/>")]))
    assert (article.id, article.url, article.same_as) == ("overblog:t.html", None, ("/t.html",))
    form = OverblogFormat(ReadingOptions(site="https://b.example/"))
    [article_told] = articles(read([tmp_path / "a.xml"], forced=form))
    assert (article_told.id, article_told.url) == (
        "overblog:b.example:t.html",
        "https://b.example/t.html",
    )


def test_other_xml_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<root><posts><post><id>1</id></post></posts></root>")
    file = open_file(path)
    assert not isinstance(file, tuple) or file[1].name != "overblog"


def test_nothing_private_leaves_the_file() -> None:
    text = " ".join(map(str, read([EXPORT])))
    for private in ("courrier.example", "192.0.2", "irabelle", "apaye", "igue"):
        assert private not in text


def test_a_post_is_held_at_a_time() -> None:
    """Of a file of a thousand posts, one chunk is read before the first is given."""

    class Counting(io.BytesIO):
        asked = 0

        def read(self, size: int | None = -1, /) -> bytes:
            self.asked += size or 0
            return super().read(size)

    long = post(f"<![CDATA[<p>{'mot ' * 5000}</p>]]>")
    page = "<pages><page><title>T</title></page></pages>"
    file = Counting(f"<root><blog/>{page}<posts>{long * 1000}</posts>{page}</root>".encode())
    post_pieces = pieces(file)
    assert [next(post_pieces).name for _ in range(3)] == ["blog", "page", "post"]
    assert file.asked <= 4 * 65536
    names = [piece.name for piece in post_pieces]
    assert (names.count("post"), names[-1]) == (999, "page")


@pytest.mark.parametrize(
    "text",
    ["<post>", "<post></post>", "<page><post>", "</post>", "<post><![CDATA[", "<post></post>x"],
)
def test_steps_are_in_proportion_to_the_length(text: str, in_proportion: Any) -> None:
    def prepare(size: int) -> Callable[[], object]:
        data = f"<root><posts>{text * size}</post>".encode()
        return lambda: list(pieces(io.BytesIO(data)))

    in_proportion(prepare, 300)


PIECES = [
    "<post>",
    "</post>",
    "<content>",
    "</content>",
    "<![CDATA[",
    "]]>",
    "<comment>",
    "</comment>",
]
PIECES += ["<comments>", "<replies>", "<title>", "<slug/>", "&", "<", "é", "\n", "</posts>"]


@given(st.lists(st.sampled_from(PIECES), max_size=50))
def test_no_file_is_refused_without_a_word(parts: list[str]) -> None:
    data = f"<root><posts>{''.join(parts)}".encode()
    post_pieces = list(pieces(io.BytesIO(data)))
    assert all(
        piece.node is not None or piece.amiss for piece in post_pieces if piece.name != "blog"
    )
    assert (len(post_pieces) > 1) == ("<post>" in parts)


@pytest.mark.skipif(not CASES.exists(), reason="the shared samples are not here")
def test_the_shared_sample() -> None:
    [article] = articles(read([CASES / "overblog-export.xml"]))
    first, reply = article.comments
    assert (first.author, reply.author, reply.parent_id) == ("Erwan", "Nadège", first.id)


def test_a_post_that_is_to_come_is_not_published(tmp_path: Path) -> None:
    path = export(tmp_path / "a.xml", post().replace("2020-10", "2099-10"))
    outcomes = list(read([path]))
    assert not articles(outcomes)
    assert "unpublished_articles" in remarks(outcomes)
    path = export(tmp_path / "a.xml", post())
    assert len(articles(read([path]))) == 1
