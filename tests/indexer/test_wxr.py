"""What is read in an export of WordPress, and what is never half read?"""

from __future__ import annotations

import gzip
import io
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.article.model import Article, Quote
from indexer.files import xml_stream as elements_module
from indexer.files.xml_stream import Element, Fault, elements, root
from indexer.pipeline.sources import open_file, read
from indexer.reporting.report import Outcome, Remark, Skipped

EXPORT = Path(__file__).parent / "exports" / "wordpress.xml"
DATA = EXPORT.read_bytes()
HEAD, ITEMS = DATA[: DATA.index(b"\t<item>")], DATA[DATA.index(b"\t<item>") :]


def outcomes_of(tmp_path: Path, data: bytes) -> list[Outcome]:
    path = tmp_path / "export.xml"
    path.write_bytes(data)
    return list(read([path]))


def articles(outcomes: list[Outcome]) -> list[Article]:
    return [one for one in outcomes if isinstance(one, Article)]


def skipped(outcomes: list[Outcome]) -> list[tuple[int | None, str]]:
    return [(one.line, one.reason) for one in outcomes if isinstance(one, Skipped)]


def remarks(outcomes: list[Outcome]) -> dict[str, str]:
    return {one.kind: one.message for one in outcomes if isinstance(one, Remark)}


def test_an_article() -> None:
    article = articles(list(read([EXPORT])))[0]
    assert article.id == "wp:phare.example:7"
    assert article.headline == "Les marées d'équinoxe"
    assert article.url == "https://www.phare.example/2024/marees/"
    assert article.same_as == ("http://phare.example/?p=7",)
    assert article.description == "La mer, deux fois l'an."
    assert article.article_section == ("Mer",)
    assert article.keywords == ("lune",)
    assert article.author == ("Maëlle Le Goff",)
    assert article.date_published == "2024-09-21T06:00:00Z"
    assert article.date_modified == "2024-09-22T10:00:00Z"
    assert (article.in_language, article.publisher) == ("fr-FR", "Le Phare & la Lande")
    assert [(one.headline, one.level, one.anchor, one.text) for one in article.sections] == [
        (None, None, None, "Deux fois l'an, la mer se retire.\nLa grève\nElle revient [sic]."),
        ("Le calcul", 2, "calcul", "On compte de 20 à 120."),
    ]


def test_its_comments() -> None:
    article = articles(list(read([EXPORT])))[0]
    first, reply, orphan = article.comments
    assert first.id == "wp:phare.example:7#comment-31"
    assert first.text == "Belle photo.\nOù est-ce ?"
    assert (first.author, first.date_published) == ("Yann", "2024-09-21T07:15:00Z")
    assert first.anchor == "comment-31"
    assert reply.parent_id == first.id
    assert reply.text == "À la pointe."
    assert reply.citation == (Quote("Où est-ce ?"),)
    assert reply.date_published == "2024-09-21T10:00:00+02:00"
    assert orphan.parent_id == "wp:phare.example:7#comment-33"
    assert orphan.author is None  # an address is no name


def test_what_is_left_out_is_counted() -> None:
    outcomes = list(read([EXPORT]))
    assert [article.headline for article in articles(outcomes)] == [
        "Les marées d'équinoxe",
        "Entre nous",
        "Une page, de blocs.",
    ]
    assert skipped(outcomes) == []
    assert {kind: message.split()[0] for kind, message in remarks(outcomes).items()} == {
        "unpublished_articles": "1",
        "other_kinds": "1",
        "protected": "1",
        "under_unpublished": "1",
        "unpublished": "1",
        "pings": "1",
        "orphan": "1",
        "zone": "1",
    }
    assert "attachment" in remarks(outcomes)["other_kinds"]


def test_a_password_keeps_text_and_comments_away() -> None:
    hidden = articles(list(read([EXPORT])))[1]
    assert (hidden.sections, hidden.comments, hidden.description) == ((), (), None)
    assert hidden.date_published == "2024-10-01T06:00:00Z"


def test_no_address_of_a_person_is_kept() -> None:
    told = repr(list(read([EXPORT])))
    for private in ("courrier.example", "m@phare", "192.0.2."):
        assert private not in told


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"\n\n" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        gzip.compress,
        lambda data: data.decode().replace("UTF-8", "UTF-16", 1).encode("utf-16"),
        lambda data: (
            data.decode().replace("…", "...").replace("UTF-8", "ISO-8859-1", 1).encode("iso-8859-1")
        ),
        lambda data: data.replace(b"export/1.2/", b"export/1.0/"),
        lambda data: re.sub(rb"(</?|xmlns:)wp([:=])", rb"\1w\2", data),
    ],
)
def test_ways_of_writing_the_same(change: object, tmp_path: Path) -> None:
    found = articles(outcomes_of(tmp_path, change(DATA)))  # type: ignore[operator]
    assert found == articles(list(read([EXPORT])))


def item(number: int, inside: bytes = b"Texte.") -> bytes:
    return (
        b"<item>\n<title>T%d</title>\n<wp:post_id>%d</wp:post_id>\n<content:encoded>%s"
        b"</content:encoded>\n</item>\n" % (number, number, inside)
    )


END = b"</channel>\n</rss>\n"
LINES = HEAD.count(b"\n")
BROKEN = [
    ("cdata", b"<![CDATA[a ]]> b ]]>", "]]>"),
    ("ampersand", b"a & b", "mal form"),
    ("entity", b"a&inconnue;b", "inconnue"),
    ("tag", b"a <br> b", "mal form"),
    ("bytes", b"caf\xe9", "encodage"),
    ("deep", b"<i>" * 300 + b"</i>" * 300, "balises"),
    ("character", b"a&#11;b", "mal form"),
]


@pytest.mark.parametrize(("name", "inside", "word"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_item_is_left_aside_with_its_line(
    name: str, inside: bytes, word: str, tmp_path: Path
) -> None:
    data = HEAD + item(1) + item(2, inside) + item(3) + item(4) + END
    outcomes = outcomes_of(tmp_path, data)
    assert [one.headline for one in articles(outcomes)] == ["T1", "T3", "T4"]
    [(line, reason)] = skipped(outcomes)
    assert line == LINES + 5 + 4
    assert word in reason
    assert f"la lecture reprend ligne {LINES + 11}" in reason
    assert {one.id for one in articles(outcomes)} == {f"wp:phare.example:{n}" for n in (1, 3, 4)}


def test_a_cdata_never_closed_says_so(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, HEAD + item(1) + item(2, b"<![CDATA[a") + item(3) + END)
    assert [one.headline for one in articles(outcomes)] == ["T1"]
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
    [remark] = [one for one in outcomes if isinstance(one, Remark) and one.kind == "xml"]
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
    "empty items": lambda n: b"<item/>\n" * (n // 500),
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

    in_proportion(prepare, 6_000_000)


def test_what_holds_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elements_module, "_FARTHEST", 500_000)
    found = list(elements(io.BytesIO(b"<a>" + b"<x/>\n" * 400_000 + b"</a>"), ("item",), ("item",)))
    assert [type(one) for one in found] == [Fault]


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(count: int) -> int:
        whole = HEAD + b"".join(item(n, b"mot " * 500) for n in range(count)) + END
        tracemalloc.start()
        found = elements(io.BytesIO(whole), ("item",), ("item",), "channel")
        assert sum(isinstance(one, Element) for one in found) == count
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(4000) < 2 * peak(400) + 1_000_000


def thread_of(comments: bytes) -> bytes:
    """What is inside an item whose comments these are."""
    return b"Texte.</content:encoded>\n" + comments + b"<content:encoded>"


COMMENT = b"<wp:comment><wp:comment_id>%d</wp:comment_id>%s</wp:comment>\n"


def test_memory_does_not_grow_with_the_comments_of_an_article() -> None:
    """WordPress writes some 900 bytes beside each: 50,000 in one tree took 424 MiB."""
    thread = b"".join(COMMENT % (number, b"") for number in range(3000))
    export = io.BytesIO(HEAD + item(1, thread_of(thread)) + b"</channel></rss>")
    most = 0
    seen = []
    for element in elements(export, ("item",), ("item",), "channel", pieces=("comment",)):
        assert isinstance(element, Element)
        if element.name == "comment":
            seen.append(element.node[0].text)
            above = element.node.getparent()
            assert above is not None
            most = max(most, sum(len(child) for child in above))
    assert seen == [str(number) for number in range(3000)]
    # those that one chunk of the file ended are in the tree together
    assert most < 1500


def test_the_comments_of_a_broken_item_are_nobody_elses(tmp_path: Path) -> None:
    said = (
        b"<wp:comment_content>Oui.</wp:comment_content><wp:comment_approved>1</wp:comment_approved>"
    )
    broken = item(1, thread_of(COMMENT % (31, said) + b"<wp:comment><a></wp:comment>"))
    whole = item(2, thread_of(COMMENT % (32, said)))
    outcomes = outcomes_of(tmp_path, HEAD + broken + whole + b"</channel></rss>")
    [article] = articles(outcomes)
    assert [comment.anchor for comment in article.comments] == ["comment-32"]
    assert len(skipped(outcomes)) == 1


def test_lines_are_told_beyond_the_sixteen_bits_of_libxml2() -> None:
    whole = b"<a>" + b"\n" * 70_000 + b"<item/>\n<item>&</item>\n<item/></a>"
    found = list(elements(io.BytesIO(whole), ("item",), ("item",)))
    assert [type(one) for one in found] == [Element, Fault, Element]
    assert found[1].line == 70_002


def test_the_first_tag() -> None:
    assert root(b"Bonjour") is None
    assert root(b"") is None
    assert root(b"<!-- a --><?b c?><w:d xmlns:w='u'>") == ("w:d", {"w": "u"}, False)
    found = root(b"<!DOCTYPE a><a>")
    assert found is not None
    assert found.document_type


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (DATA, "wxr"),
        (b'<rss version="2.0"><channel><item/></channel></rss>', "page"),
        (b"<p>http://wordpress.org/export/</p>", "page"),
        (b"http://wordpress.org/export/", "page"),
    ],
)
def test_what_is_recognised(data: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    opened = open_file(path)
    assert isinstance(opened, tuple)
    assert (opened[1].name == "wxr") == (name == "wxr")


def test_the_notes_that_the_editor_keeps_apart(tmp_path: Path) -> None:
    note = '[{"content":"Voir le <em>rapport</em>.","id":"a"},{"content":"","id":"b"}]'
    meta = f"<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value>{note}</wp:meta_value>"
    text = '<!-- wp:paragraph --><p>En 2019<sup data-fn="a"><a href="#a">1</a></sup>.</p>'
    item = (
        f"<item><title>Sora</title><wp:post_id>7</wp:post_id><content:encoded><![CDATA[{text}]]>"
        f"</content:encoded>{meta.replace(note, f'<![CDATA[{note}]]>')}</wp:postmeta></item>"
    )
    export = (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<wp:wxr_version>1.2</wp:wxr_version>{item}</channel></rss>"
    )
    (tmp_path / "wordpress.xml").write_text(export)
    [article] = (one for one in read([tmp_path / "wordpress.xml"]) if isinstance(one, Article))
    assert [section.text for section in article.sections] == ["En 2019.\nVoir le rapport."]


BUILT = """<item><title>Le bac</title><link>https://www.phare.example/bac/</link>
<wp:post_id>77</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<content:encoded><![CDATA[{content}]]></content:encoded><wp:postmeta>
<wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>
</item></channel></rss>"""
ELEMENTOR = """[{"elType": "section", "settings": {}, "elements": [{"elType": "column",
"settings": {"background": "x"}, "elements": [
{"widgetType": "heading", "settings": {"title": "Les horaires", "header_size": "h3"}},
{"widgetType": "text-editor", "settings": {"editor": "<p>De 8 h &agrave; 20 h.</p>"}},
{"widgetType": "button", "settings": {"text": "R\\u00e9server"}},
{"widgetType": "toggle", "settings": {"tabs": [{"tab_title": "Venir ?",
"tab_content": "<p>En bac.</p>"}]}},
{"widgetType": "icon-list", "settings": {"icon_list": [{"text": "Un passeur & son chien"}]}}
]}]}]"""


def built(tmp_path: Path, key: str, value: str, content: str = "") -> list[Outcome]:
    item = BUILT.format(key=key, value=value, content=content).encode()
    return outcomes_of(tmp_path, HEAD + item)


def test_the_text_that_elementor_keeps_beside_an_empty_post(tmp_path: Path) -> None:
    outcomes = built(tmp_path, "_elementor_data", ELEMENTOR)
    (article,) = articles(outcomes)
    assert [(section.headline, section.text) for section in article.sections] == [
        ("Les horaires", "De 8 h à 20 h.\nVenir ?\nEn bac.\nUn passeur & son chien"),
    ]
    assert "built_elsewhere" not in remarks(outcomes)


def test_the_text_of_the_post_comes_first(tmp_path: Path) -> None:
    (article,) = articles(built(tmp_path, "_elementor_data", ELEMENTOR, "<p>Le texte.</p>"))
    assert [section.text for section in article.sections] == ["Le texte."]


@pytest.mark.parametrize(
    ("key", "value"),
    [("_fl_builder_data", 'a:1:{s:1:"x";}'), ("_elementor_data", "[{"), ("panels_data", "a:0:{}")],
)
def test_a_builder_that_is_not_read_is_said(tmp_path: Path, key: str, value: str) -> None:
    outcomes = built(tmp_path, key, value)
    assert articles(outcomes)[0].sections == ()
    assert "built_elsewhere" in remarks(outcomes)


@pytest.mark.parametrize(("key", "value"), [("_elementor_data", "[]"), ("_edit_lock", "1:1")])
def test_an_empty_post_without_a_builder_is_empty(tmp_path: Path, key: str, value: str) -> None:
    assert "built_elsewhere" not in remarks(built(tmp_path, key, value))
