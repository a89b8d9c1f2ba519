"""What are the words of a text in Markdown, and how long does it take to read them?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from indexer.markup import markdown_text
from indexer.markup.markdown_text import markdown_sections


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Hauban\n: Câble *oblique*", "Hauban\nCâble oblique"),
        (":::note Le titre\nUn *mot*.\n\n- a\n:::\nFin", "Le titre\nUn mot.\na\nFin"),
        ("::: {.warning}\nUn.\n:::", "Un."),
        (":::tip[Le titre]\nUn.\n:::", "Le titre\nUn."),
        ('!!! warning "Attention"\n    Un *mot*.\n\nFin', "Attention\nUn mot.\nFin"),
        ("H~2~O, 3 m^2^ et 1^er^", "H2O, 3 m2 et 1er"),
        ("Un ==mot== et `==deux==`", "Un ==mot== et ==deux=="),
        ("Un ==mot==, deux", "Un mot, deux"),
        ("Un.\n\n{/* truncate */}\n\nDeux {/* ici */}trois.", "Un.\nDeux trois."),
        ("Un %%à revoir%% mot.\n\n%%\nTrop *long* ?\n\n%%\n\nFin", "Un mot.\nFin"),
        ("Un.\n%% à revoir\ndemain %%\nFin", "Un. Fin"),
        # what somebody writes with the same signs
        ("De 5 %% à 10 %%, puis 12%%", "De 5 %% à 10 %%, puis 12%%"),
        ("En 2024 %%à voir%% et %%vu en 2023%% 5.", "En 2024 et 5."),
        ("20 %% de 100 %\n\nFin", "20 %% de 100 %\nFin"),
        ("%% sans fin\n\nFin", "%% sans fin\nFin"),
        ("`%%a%%`\n\n~~~\n%%\na = 1\n%%\n~~~", "%%a%%\n%%\na = 1\n%%"),
        ("!!! Attention au chien\n\nFin", "!!! Attention au chien\nFin"),
        ("::: Rappel important", "Rappel important"),
        ("x^2+y^2=z^2, ^_^ et ^o^", "x^2+y^2=z^2, ^_^ et ^o^"),
        ("~/a:~/b, à ~5~6 km", "~/a:~/b, à ~5~6 km"),
        ("~10 km, ~20 km, 10^3, ^^ et a==b==c", "~10 km, ~20 km, 10^3, ^^ et a==b==c"),
    ],
)
def test_what_other_programs_add_to_markdown(written: str, text: str) -> None:
    [section] = markdown_sections(written)
    assert section.text == text


HOSTILE = ["[", "![", "[[a|", "<", "*a_ ", "> ", "* ", "[^a]", "{%", "{{<", "`", "~~a", "|a\n|-\n"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_texts_made_to_be_slow_are_read(piece: str, in_proportion: Any) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece))
        return lambda: markdown_sections(text)

    # both sizes are parsed: of some of these, twelve thousand characters are too much to be
    in_proportion(prepare, 1_250)


def test_blank_lines_are_not_walked_through_for_each_block(monkeypatch: Any) -> None:
    texts: list[str] = []
    reader = markdown_text._reader()
    parse = reader.parse
    monkeypatch.setattr(reader, "parse", lambda text: texts.append(text) or parse(text))
    fenced = "```\nun\n\n\n\ndeux\n```"
    blank = "\n \n\t\n" * 1000
    sections = markdown_sections(f"Un.\n{blank}Deux.\n\n{fenced}\n{blank}## Suite\n{blank}Trois.")
    assert [section.headline for section in sections] == [None, "Suite"]
    assert max(map(len, texts)) < 100
    assert fenced in texts[0]


def test_a_text_too_long_to_be_parsed_keeps_its_headings() -> None:
    sections = markdown_sections("Un.\n\n## Deux\n\n" + "mot *mot*\n" * 110_000)
    assert [section.headline for section in sections] == [None, "Deux"]
    assert sections[1].text.startswith("mot *mot*\nmot")
