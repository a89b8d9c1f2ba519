"""Are the numbers that a list shows before its items in its text, where they are no mere marks?"""

import pytest

from indexer.markup import markdown_sections, sections, words

LISTS = [
    ('<ol start="1944"><li>Le port est libéré.</li></ol>', "1944. Le port est libéré."),
    ("<ol start=3><li><p>Un</p></li><li> <b>Deux</b></ol>", "3. Un\n4. Deux"),
    ("<ol><li>Un<li value=5>Cinq<li>Six</ol>", "Un\n5. Cinq\n6. Six"),
    ('<ol reversed start="2"><li>Deux<li>Un</ol>', "2. Deux\n1. Un"),
    ("<ol start=1944><li><ul><li>Un</ul><li>Deux</ol>", "Un\n1945. Deux"),
    ('<ol start="1"><li>Un<li>Deux</ol>', "Un\nDeux"),
    ('<ol><li value="1">Un<li value="2">Deux<li value="4">Trois</ol>', "Un\nDeux\n4. Trois"),
    ("<ol reversed start=2><li><b>2. Le pont</b><li>1 : le bac</ol>", "2. Le pont\n1 : le bac"),
    ("<ol start=19><li>1900 bacs</ol>", "19. 1900 bacs"),
    ("<ol><li>Un<li>Deux</ol>", "Un\nDeux"),
    ('<ol type="a" start="3"><li>Lettre</ol>', "Lettre"),
    ('<ol start="7" style="list-style: none"><li>Sans</ol>', "Sans"),
    ("<ul><li value=4>Un</ul>", "Un"),
    ('<ol start="-"><li>Un</ol><ol start=99999999999><li>Deux</ol>', "Un\nDeux"),
    ("<ol start=2><li><li></ol><p>Après</p>", "Après"),
]


@pytest.mark.parametrize(("html", "text"), LISTS)
def test_numbers_of_items(html: str, text: str) -> None:
    [section] = sections(html)
    assert section.text == words(html).text == text


MARKDOWN = [
    ("1944. Le port.\n\n1950. La paix.\n", "1944. Le port.\n1950. La paix."),
    ("2024\\. Rien.\n", "2024. Rien."),
    ("1. Un\n1. Deux\n", "Un\nDeux"),
    ("0. Un\n1. Deux\n", "Un\nDeux"),
    ("3) Trois\n    - a\n    - b\n", "3. Trois\na\nb"),
]


@pytest.mark.parametrize(("written", "text"), MARKDOWN)
def test_numbers_typed_in_markdown(written: str, text: str) -> None:
    [section] = markdown_sections(written)
    assert section.text == text
