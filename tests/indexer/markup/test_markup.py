"""Which sections, words and quotations are read in HTML, however it is written?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.model import Embed, Quote
from indexer.markup.html_text import Words, line, sections, words
from indexer.markup.tags import Tag, tokens
from indexer.markup.wordpress_text import body, without_codes
from indexer.times.clocks import clock

TEXTS = [
    ("", ""),
    ("Oui.", "Oui."),
    ("<p>Un.</p><p>Deux.</p>", "Un.\nDeux."),
    ("<p>Un<br>deux<br/>trois</p>", "Un\ndeux\ntrois"),
    ("<p>Un\n   deux</p>", "Un deux"),
    ("Un <b>mot</b>, <i>deux</i>.", "Un mot, deux."),
    ("<ul><li>un<li>deux</ul>trois", "un\ndeux\ntrois"),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>", "a b\nc"),
    ("<pre>if x:\n    y()\n</pre>", "if x:\n    y()"),
    ("l&#8217;&eacute;t&eacute; &amp; &lt;b&gt; &nosuch;", "l’été & <b> &nosuch;"),
    ("&nbsp;<p>&nbsp;</p>a&nbsp;: b", "a\xa0: b"),
    ("a<script>b<p>c</script>d<style>e</style>f", "adf"),
    ("a<SCRIPT>b</sCript >c", "ac"),
    ("a<noscript>b</noscript><svg><svg>c</svg>d</svg>e", "ae"),
    ("a<!-- b -->c<!--> d -->e", "ace"),
    ("3 < 4 et 5 > 4, i <3 u", "3 < 4 et 5 > 4, i <3 u"),
    (
        "à <https://a.example/b?c> ou <zoe@a.example>",
        "à <https://a.example/b?c> ou <zoe@a.example>",
    ),
    ("<code>if (a<b) {}</code>, <Zoé> et <o:p>d</o:p>", "if (a<b) {}, <Zoé> et d"),
    ("<a>Rapport</a><a class='wp-block-file__button'>Télécharger</a>", "Rapport"),
    ('<a title="a > b" href=x>lien</a>', "lien"),
    ("<a title='d\"un > b'>lien</a>", "lien"),
    ("<a title=l'été>lien</a> ici", "lien ici"),
    ("jamais <a href='fermé", "jamais <a href='fermé"),
    ("a\x00b\x0bc\x1fd", "ab cd"),
    ("😀 <img class='emoji' alt='🎉'> <img alt='photo'>", "😀 🎉"),
    ("</p></blockquote></div>a", "a"),
    ("&#xD800;&#0;a", "\ufffd\ufffda"),
]


@pytest.mark.parametrize(("html", "text"), TEXTS)
def test_texts(html: str, text: str) -> None:
    assert words(html) == Words(text)
    assert [section.text for section in sections(html)] == ([text] if text else [])
    assert line(html) == text.replace("\n", " ")


def test_newlines_are_breaks_when_that_is_asked() -> None:
    html = "Un\ndeux\r\n\r\n<b>trois\nquatre</b><br />\ncinq"
    assert words(html, breaks=True).text == "Un\ndeux\ntrois\nquatre\ncinq"
    assert words(html).text == "Un deux trois quatre\ncinq"
    assert words("Un\n\ndeux", breaks=True).text == "Un\ndeux"


QUOTED = [
    ("<blockquote>Un.<p>Deux.</p></blockquote>Non.", "Non.", [Quote("Un.\nDeux.")]),
    ("Avant<blockquote>a</blockquote>entre<blockquote>b", "Avant\nentre", [Quote("a"), Quote("b")]),
    ("<blockquote>a<blockquote>b</blockquote>c</blockquote>d", "d", [Quote("a\nb\nc")]),
    ("<blockquote> </blockquote>d", "d", []),
    (
        "<blockquote><cite>Zoé a écrit :</cite>Un NDA ?</blockquote>Oui",
        "Oui",
        [Quote("Un NDA ?", "Zoé")],
    ),
    (
        "<blockquote>Un NDA ?<br><cite>— Zoé</cite></blockquote>Oui",
        "Oui",
        [Quote("Un NDA ?", "Zoé")],
    ),
    ("<blockquote>Lu dans <cite>Le Monde</cite>.</blockquote>", "", [Quote("Lu dans Le Monde.")]),
    ("<blockquote><cite>Le Monde</cite> dit non</blockquote>", "", [Quote("Le Monde dit non")]),
    ("<blockquote cite='#comment-7'>a</blockquote>b", "b", [Quote("a", None, "comment-7")]),
    (
        '<aside class="quote no-group" data-username="zoe" data-post="3" data-topic="9">'
        '<div class="title">\n<div class="quote-controls"></div>\n<img alt="" class="avatar"> zoe:'
        "</div>\n<blockquote>\n<p>Un NDA ?</p>\n</blockquote>\n</aside>\n<p>Oui.</p>",
        "Oui.",
        [Quote("Un NDA ?", "zoe", "9/3")],
    ),
]


@pytest.mark.parametrize(("html", "text", "quotes"), QUOTED)
def test_what_is_quoted_is_kept_apart(html: str, text: str, quotes: list[Quote]) -> None:
    assert words(html) == Words(text, tuple(quotes))


def test_headings_begin_sections() -> None:
    html = (
        "<p>Début.</p><h2 id='a'>Un <em>titre</em><br>long</h2><p>Texte.</p><h3></h3>"
        "<p>Encore.</p><h3>Vide</h3><h4>Fin</h4>."
    )
    rows = [
        (section.headline, section.level, section.anchor, section.text)
        for section in sections(html)
    ]
    assert rows == [
        (None, None, None, "Début."),
        ("Un titre long", 2, "a", "Texte.\nEncore."),
        ("Vide", 3, None, ""),
        ("Fin", 4, None, "."),
    ]


def test_a_heading_never_closed_is_a_text() -> None:
    html = "<h2>Titre</h2>a<h2>b" + "<p>Une longue phrase, encore une fois.</p>" * 50
    assert [section.headline for section in sections(html)] == ["Titre"]
    assert len(sections(html)[0].text.split("\n")) == 52


def test_quotations_stay_in_an_article_and_posts_are_flagged() -> None:
    html = (
        "<p>Il a dit :</p><blockquote><h2>Non</h2></blockquote>"
        '<blockquote class="twitter-tweet"><p>Wow!</p>&mdash; A (@a) <a href="#">May 2</a>'
        "</blockquote><p>Fin.</p>"
    )
    [section] = sections(html)
    assert section.text == "Il a dit :\nNon\nWow!\n— A (@a) May 2\nFin."
    [embed] = section.embeds
    assert embed == Embed("tweet", 15, 34, "— A (@a) May 2")
    assert section.text[embed.start : embed.end] == "Wow!\n— A (@a) May 2"


PIECES = st.sampled_from(
    [
        *"<>/\"'=&;- \n",
        *("<!--", "-->", "<p>", "</p>", "<blockquote>", "</blockquote>", "<h2>", "</h2>", "<pre>"),
        *(
            "<script>",
            "</script>",
            "mot",
            "&eacute;",
            "<cite>",
            "</cite>",
            "<aside ",
            "class=quote",
        ),
        *("<td>", "<br/>", "<svg>", "</svg>", "<li", "[a b=c]", "\ud800", "\x00"),
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_anything_can_be_read(html: str) -> None:
    text = words(html, breaks=True)
    assert "\n\n" not in text.text
    assert all(quote.text for quote in text.quotes)
    for section in body(html):
        assert all(line.strip() == line or "<pre" in html for line in section.text.split("\n"))


@given(st.lists(st.sampled_from(["un", "l’été", "a &amp; b", "x"]), max_size=9), st.data())
def test_every_word_is_somewhere_once(pieces: list[str], data: st.DataObject) -> None:
    tags = ("p", "b", "blockquote", "li", "h2", "div", "pre", "td")
    inside = "".join(
        f"<{(tag := data.draw(st.sampled_from(tags)))}>{word}</{tag}>{data.draw(PIECES_BETWEEN)}"
        for word in pieces
    )
    comment_words = words(inside)
    words_read = " ".join(
        [comment_words.text, *(quote.text for quote in comment_words.quotes)]
    ).split()
    expected = " ".join(pieces).replace("&amp;", "&").split()
    expected_letters = "".join(expected)
    assert sorted("".join(words_read)) == sorted(expected_letters)
    letters_of_sections = "".join(
        (section.headline or "") + section.text for section in sections(inside)
    )
    assert "".join(letters_of_sections.split()) == expected_letters


PIECES_BETWEEN = st.sampled_from(
    ["", " ", "\n", "<!-- x -->", "<br>", "<hr/>", "<script>y</script>"]
)

HOSTILE: dict[str, Callable[[int], str]] = {
    "deep": lambda n: "<div>" * (n // 5) + "fond",
    "quotations": lambda n: "<blockquote>a" * (n // 13),
    "attributes": lambda n: "<a " + "".join(f"x{i}=1 " for i in range(n // 9)) + ">fond",
    "unclosed tags": lambda n: '<a "' * (n // 4),
    "unclosed values": lambda n: "<a \">'" * (n // 6),
    "unclosed comments": lambda n: "<!--" * (n // 4),
    "unclosed scripts": lambda n: "<script>" * (n // 8),
    "unclosed svg": lambda n: "<svg>" * (n // 5),
    "brackets": lambda n: "[a " * (n // 3),
    "twice": lambda n: "[[a" * (n // 3),
    "ampersands": lambda n: "&" * n,
    "references": lambda n: "&#" * (n // 2) + "1" * 4000,
    "spaces": lambda n: "<p" + " " * n + "class =" + " " * (n // 4),
    "one line": lambda n: "mot " * (n // 4),
    "empty lines": lambda n: "<br>" * (n // 4),
    "posts": lambda n: '<blockquote class="twitter-tweet">a</blockquote>' * (n // 50),
    "headings": lambda n: "<h2>a" * (n // 5),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_is_in_proportion_to_length(name: str, in_proportion: Any) -> None:
    def prepare(size: int) -> Callable[[], object]:
        html = HOSTILE[name](size)

        def read_it() -> None:
            words(html, breaks=True)
            body(html)

        return read_it

    in_proportion(prepare, 10_000)
    if name in ("deep", "attributes"):
        assert words(HOSTILE[name](200_000)).text == "fond"


def test_tags_tell_their_attributes() -> None:
    [tag] = tokens("""<A Class="a b"data-x='1' y = z>""")
    assert isinstance(tag, Tag)
    assert (tag.name, tag.get("class"), tag.get("data-x"), tag.get("y")) == ("a", "a b", "1", "z")
    assert (tag.get("x"), tag.has_class("b"), tag.has_class("c")) == ("", True, False)


CODES = [
    ("Sans [gallery] rien", "Sans  rien"),
    ('[caption id="x" align="left"]<img> Légende[/caption]', "<img> Légende"),
    ("[sic] [1] [NDLR : non] [Mise à jour] […] [l'été]", None),
    ("[[caption]] [[gallery ids='1']]", "[caption] [gallery ids='1']"),
    ("[su_note]a[/su_note] [embed]http://a.example[/embed]", "a http://a.example"),
    ("tableau[i] = [x]", None),
    ("[note]a[/note] puis [note]", "a puis "),
    ("[br/]", None),
    ('[ad slot="1"/][ad size=2]', ""),
]


@pytest.mark.parametrize(("text", "expected"), CODES)
def test_shortcodes(text: str, expected: str | None) -> None:
    assert without_codes(text) == (text if expected is None else expected)


def test_blocks_are_html_and_other_posts_are_lines() -> None:
    block = "<!-- wp:paragraph -->\n<p>Un\ndeux.</p>\n<!-- /wp:paragraph -->"
    assert body(block)[0].text == "Un deux."
    assert body("<p>Un\ndeux.</p><!--more-->trois")[0].text == "Un\ndeux.\ntrois"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (
            "[caption id='a' caption=\"L'obturateur\"]<img src=x>[/caption] Suite",
            "L'obturateur\nSuite",
        ),
        ("[wp_caption id='a' caption='Le quai']<img>[/wp_caption]", "Le quai"),
        ("Page une<!--nextpage-->page deux", "Page une\npage deux"),
    ],
)
def test_what_old_posts_show(written: str, text: str) -> None:
    assert body(written)[0].text == text


def test_a_heading_that_a_click_unfolds() -> None:
    [section] = sections("<h3><button>Qui paie ?</button></h3><p>Tous.<button>+1</button></p>")
    assert (section.headline, section.text) == ("Qui paie ?", "Tous.")


CLOCKS = [
    (("2014-07-03 10:46:00", "2014-07-03 09:46:00", None), "2014-07-03T10:46:00Z"),
    (("0000-00-00 00:00:00", "2014-07-03 09:46:00", None), "2014-07-03T09:46:00+02:00"),
    ((None, "2014-12-03 09:46:00", None), "2014-12-03T09:46:00+01:00"),
    (("0000-00-00 00:00:00", "0000-00-00 00:00:00", "Wed, 30 Nov -0001 00:00:00 +0000"), None),
    ((None, "", "Tue, 14 Jan 2014 17:31:03 +0000"), "2014-01-14T17:31:03+00:00"),
    (("2014-02-30 10:00:00", "hier", "avant-hier"), None),
    (("2014", None, None), None),
]


@pytest.mark.parametrize(("parts_of_clock", "time"), CLOCKS)
def test_clocks(
    parts_of_clock: tuple[str | None, str | None, str | None], time: str | None
) -> None:
    moment = clock(*parts_of_clock)
    assert (moment and moment.time) == time
