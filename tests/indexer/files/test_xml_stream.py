"""Is an export that is broken, hostile or endless read in proportion, and never half?"""

from __future__ import annotations

import gzip
import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.files import xml_stream as elements_module
from indexer.files.xml_stream import Element, Fault, elements, root
from indexer.reporting.report import Remark
from tests.indexer.outcomes import articles, outcomes_of, skipped
from tests.indexer.wordpress.wordpress_exports import (
    COMMENT,
    DATA,
    END,
    HEAD,
    item,
    thread_of,
)

LINES = HEAD.count(b"\n")
BROKEN = [
    ("cdata", b"<![CDATA[a ]]> b ]]>", "]]>"),
    ("ampersand", b"a & b", "mal form"),
    ("entity", b"a&inconnue;b", "inconnue"),
    ("tag", b"a <br> b", "mal form"),
    ("deep", b"<i>" * 300 + b"</i>" * 300, "balises"),
    ("character", b"a&#11;b", "mal form"),
]


@pytest.mark.parametrize(("name", "inside", "word"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_item_is_left_aside_with_its_line(
    name: str, inside: bytes, word: str, tmp_path: Path
) -> None:
    data = HEAD + item(1) + item(2, inside) + item(3) + item(4) + END
    outcomes = outcomes_of(tmp_path, data)
    assert [article.headline for article in articles(outcomes)] == ["T1", "T3", "T4"]
    [(line, reason)] = skipped(outcomes)
    assert line == LINES + 5 + 4
    assert word in reason
    assert f"la lecture reprend ligne {LINES + 11}" in reason
    assert {article.id for article in articles(outcomes)} == {
        f"wp:phare.example:{n}" for n in (1, 3, 4)
    }


@pytest.mark.parametrize("many", [1, 30_000])
def test_bytes_of_windows_in_utf8_are_read_and_it_is_said(many: int, tmp_path: Path) -> None:
    """What was pasted in a base of another encoding; chunks are cut anywhere in a long line."""
    inside = "été ".encode() * many + b"caf\xe9 \x80 " + "été".encode() * many
    data = HEAD + item(1) + item(2, inside) + item(3) + END
    outcomes = outcomes_of(tmp_path, data)
    assert [article.headline for article in articles(outcomes)] == ["T1", "T2", "T3"]
    [section] = articles(outcomes)[1].sections
    assert section.text == "été " * many + "café € " + "été" * many
    assert skipped(outcomes) == []
    [remark] = [each for each in outcomes if isinstance(each, Remark) and each.kind == "xml"]
    assert (remark.line, "Windows-1252" in remark.message) == (LINES + 5 + 4, True)


def test_bytes_of_windows_that_are_announced_are_no_fault(tmp_path: Path) -> None:
    head = HEAD.replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"')
    head = head.decode().encode("latin-1", "xmlcharrefreplace")
    outcomes = outcomes_of(tmp_path, head + item(1, b"caf\xe9") + END)
    assert [section.text for section in articles(outcomes)[0].sections] == ["café"]
    assert not any(isinstance(each, Remark) and each.kind == "xml" for each in outcomes)


def test_a_cdata_never_closed_says_so(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, HEAD + item(1) + item(2, b"<![CDATA[a") + item(3) + END)
    assert [article.headline for article in articles(outcomes)] == ["T1"]
    assert "jamais fermé" in skipped(outcomes)[0][1]


def test_a_truncated_file_says_so(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, DATA[: DATA.index(b"Soizic")])
    assert articles(outcomes) == []
    line = DATA[: DATA.index(b"Soizic")].count(b"\n") + 1
    assert skipped(outcomes) == [(line, "XML tronqué, ou un CDATA n'est jamais fermé")]
    outcomes = outcomes_of(tmp_path, DATA[: DATA.index(b"<wp:comment_id>32")])
    assert [reason for _, reason in skipped(outcomes)] == ["XML tronqué"]
    outcomes = outcomes_of(tmp_path, gzip.compress(HEAD + item(1) * 9000)[:-40])
    assert "tronqué" in skipped(outcomes)[-1][1]


def test_control_characters_become_spaces_and_it_is_said(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, HEAD + item(1, b"a\x0bb\x00c") + item(2) + END)
    assert articles(outcomes)[0].sections[0].text == "a b c"
    [remark] = [
        outcome for outcome in outcomes if isinstance(outcome, Remark) and outcome.kind == "xml"
    ]
    assert (remark.line, remark.message[0]) == (LINES + 4, "2")


LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n, (b"&l%d;" % (n - 1) if n else b"ha") * 10) for n in range(12)
)


BOMBS = {
    "billion laughs": b"<!DOCTYPE rss [" + LAUGHS + b"]>" + HEAD[HEAD.index(b"<rss") :] + b"&l11;",
    "in an attribute": b"<!DOCTYPE rss ["
    + LAUGHS
    + b"]><rss a='&l11;'"
    + HEAD[HEAD.index(b"<rss") + 4 :],
    "quadratic": b'<!DOCTYPE rss [<!ENTITY a "'
    + b"a" * 30000
    + b'">]>'
    + HEAD[HEAD.index(b"<rss") :]
    + item(1, b"&a;" * 3000)
    + END,
    "external": b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + HEAD[HEAD.index(b"<rss") :]
    + item(1, b"&x;")
    + END,
    "remote": b'<!DOCTYPE rss SYSTEM "http://192.0.2.1/x.dtd">' + HEAD[HEAD.index(b"<rss") :] + END,
}


@pytest.mark.parametrize("name", BOMBS)
def test_documents_with_a_type_are_refused(name: str, tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, BOMBS[name])
    assert articles(outcomes) == []
    assert "DOCTYPE" in skipped(outcomes)[0][1] or "HTML" in skipped(outcomes)[0][1]


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "a long text": lambda n: item(1, b"x" * n),
    "a long name": lambda n: b"<item><" + b"x" * n + b"/></item>",
    "a long value": lambda n: b"<item a='" + b"x" * n + b"'/>",
    "many attributes": lambda n: (
        b"<item " + b"".join(b"a%d='' " % i for i in range(n // 100)) + b"/>"
    ),
    "many names": lambda n: b"".join(b"<x%d/>" % i for i in range(n // 50)),
    "deep": lambda n: b"<item>" * (n // 100),
    "no item for long": lambda n: b"<x/>\n" * (n // 50),
    "faults": lambda n: b"<item>&</item>\n" * (n // 500),
    "empty items": lambda n: b"<item/>\n" * (n // 2_000),
    "nested items": lambda n: b"<item>" * (n // 50_000) + b"</item>" * (n // 50_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_read_in_proportion(
    name: str, tmp_path: Path, in_proportion: Any
) -> None:
    def prepare(size: int) -> Callable[[], object]:
        data = HEAD + HOSTILE[name](size) + item(7) + END

        def read_it() -> None:
            outcomes = outcomes_of(tmp_path, data)
            assert outcomes
            assert len(skipped(outcomes)) <= 201

        return read_it

    in_proportion(prepare, 3_000_000)


def test_what_holds_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elements_module, "_FARTHEST", 500_000)
    stream = list(
        elements(io.BytesIO(b"<a>" + b"<x/>\n" * 400_000 + b"</a>"), ("item",), ("item",))
    )
    assert [type(part) for part in stream] == [Fault]


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(count: int) -> int:
        document = HEAD + b"".join(item(n, b"mot " * 500) for n in range(count)) + END
        tracemalloc.start()
        stream = elements(io.BytesIO(document), ("item",), ("item",), "channel")
        assert sum(isinstance(part, Element) for part in stream) == count
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(4000) < 2 * peak(400) + 1_000_000


def test_memory_does_not_grow_with_the_comments_of_an_article() -> None:
    """WordPress writes some 900 bytes beside each: 50,000 in one tree took 424 MiB."""
    thread = b"".join(COMMENT % (number, b"") for number in range(3000))
    export = io.BytesIO(HEAD + item(1, thread_of(thread)) + b"</channel></rss>")
    peak = 0
    comments = []
    for element in elements(export, ("item",), ("item",), "channel", pieces=("comment",)):
        assert isinstance(element, Element)
        if element.name == "comment":
            comments.append(element.node[0].text)
            parent = element.node.getparent()
            assert parent is not None
            peak = max(peak, sum(len(child) for child in parent))
    assert comments == [str(number) for number in range(3000)]
    # those that one chunk of the file ended are in the tree together
    assert peak < 1500


def test_the_comments_of_a_broken_item_are_nobody_elses(tmp_path: Path) -> None:
    text = (
        b"<wp:comment_content>Oui.</wp:comment_content><wp:comment_approved>1</wp:comment_approved>"
    )
    broken_item = item(1, thread_of(COMMENT % (31, text) + b"<wp:comment><a></wp:comment>"))
    document = item(2, thread_of(COMMENT % (32, text)))
    outcomes = outcomes_of(tmp_path, HEAD + broken_item + document + b"</channel></rss>")
    [article] = articles(outcomes)
    assert [comment.anchor for comment in article.comments] == ["comment-32"]
    assert len(skipped(outcomes)) == 1


def test_lines_are_told_beyond_the_sixteen_bits_of_libxml2() -> None:
    document = b"<a>" + b"\n" * 70_000 + b"<item/>\n<item>&</item>\n<item/></a>"
    stream = list(elements(io.BytesIO(document), ("item",), ("item",)))
    assert [type(part) for part in stream] == [Element, Fault, Element]
    assert stream[1].line == 70_002


def test_the_first_tag() -> None:
    assert root(b"Bonjour") is None
    assert root(b"") is None
    assert root(b"<!-- a --><?b c?><w:d xmlns:w='u'>") == ("w:d", {"w": "u"}, False)
    stream = root(b"<!DOCTYPE a><a>")
    assert stream is not None
    assert stream.document_type


def test_a_fault_said_at_the_end_tells_what_it_hides() -> None:
    """libxml2 may tell of a fault when a short file ends: what follows it was not read."""
    data = b"<rss><item><title>A</title></item><item><title>B & C</title></item><item/></rss>"
    *_, fault = elements(io.BytesIO(data), ("item",), ("item",))
    assert isinstance(fault, Fault)
    assert fault.reason.endswith("la suite n'est pas lue")


def test_a_file_that_is_cut_hides_nothing() -> None:
    data = b"<rss><item><title>A</title></item><item>"
    *_, fault = elements(io.BytesIO(data), ("item",), ("item",))
    assert isinstance(fault, Fault)
    assert fault.reason == "XML tronqué"
