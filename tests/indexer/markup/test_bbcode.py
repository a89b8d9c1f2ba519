"""What does a message of a forum say, in the BBCode of phpBB 3.0, MyBB, SMF, vBulletin, XenForo?"""

from __future__ import annotations

from typing import Any

import pytest

from indexer.markup import bbcode_html, is_bbcode, words
from indexer.tables.cells import sections_of, words_of

MESSAGES = {
    "Le [b]bac[/b] [i]part[/i].": "Le bac part.",
    "Le [b:1a2b3c4d]bac[/b:1a2b3c4d] part [sic].": "Le bac part [sic].",
    "[URL='https://a.example/?a=1&b=2']Ici[/URL] et [url]https://b.example/[/url].": (
        "Ici et https://b.example/."
    ),
    "[color=#ff0000][size=150]Grand[/size][/color]": "Grand",
    "[list][*]un[*]deux[/list]": "un\ndeux",
    "[img]https://a.example/x.jpg[/img]Vu. [attach type=full]12[/attach]": "Vu.",
    "[b]a[/b] < b & c": "a < b & c",
    "[code]if (a[i] < b) { [b] }[/code]": "if (a[i] < b) { [b] }",
    "[i]Un[/i]\nDeux": "Un\nDeux",
    "[b]Ouvert, et [quote]jamais[/b] fermé": "Ouvert, et [quote]jamais fermé",
    "[b]Si[/b] t[i] < u[s], [list 3] [*]": "Si t[i] < u[s], [list 3] [*]",
    "[b]Vu[/b] [attachment=12].": "Vu .",
}
QUOTES = [
    "[quote=Zoé]Où ?[/quote]Là.",
    '[QUOTE="Zoé, post: 1, member: 2"]Où ?[/QUOTE]\nLà.',
    "[quote author=Zoé link=topic=7.msg1#msg1 date=1709544120]Où ?[/quote]\nLà.",
    "[quote=&quot;Zoé&quot;:1a2b3c4d]Où ?[/quote:1a2b3c4d]Là.",
    "[QUOTE=Zoé;12]Où ?[/QUOTE]Là.",
]
PLAIN = ["Le bac [sic] part [b].", "a[i] = b[/i", "[1] Une note [/1]", "[*] un", "]b[", "[/b][b]"]
PLAIN += ["[table 3] et [/table]", "Si a <b et b> c", "x <i et y >3", "Prix <a discuter>"]


@pytest.mark.parametrize("message", MESSAGES)
def test_what_a_message_says(message: str) -> None:
    assert words_of(message).text == MESSAGES[message]


@pytest.mark.parametrize("message", QUOTES)
def test_what_a_message_quotes(message: str) -> None:
    read_words = words_of(message)
    assert (read_words.text, [quote.text for quote in read_words.quotes]) == ("Là.", ["Où ?"])


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_message_of_a_forum(text: str) -> None:
    assert not is_bbcode(text)
    assert words_of(text).text == text


def test_the_text_of_an_article() -> None:
    [section] = sections_of("Le [b]bac[/b] part.\n\nIl [url=https://a.example/]revient[/url].")
    assert section.text == "Le bac part.\nIl revient."


@pytest.mark.parametrize(
    "piece", ["[code]", "[quote]", "[b]", "[/b]", "[url=", "[img]x", "[b]x[/b]"]
)
def test_a_long_message_is_read_in_proportion(piece: str, in_proportion: Any) -> None:
    in_proportion(lambda count: lambda: words(bbcode_html(piece * count)), 2_000)
