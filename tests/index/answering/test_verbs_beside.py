"""Is a verb marked where the words before it tell it, and is nothing else read for that?"""

from __future__ import annotations

import pytest
from whoosh.query import Or, Phrase, Query, Term

from index import french
from index.answering import matching, targets
from tests.index.answering.leaves import stem

# the infinitive, and texts with what is marked in brackets
MARKED = """
naître : Elle est [née], lui ne sait où. | Il n’est pas encore [né] ici. | Elle ne dort pas.
partir : Ils n’étaient pas encore [partis]. | C’est un parti, une partie. | Le parti est [parti] !
boire : Tu [bois] ; le bois dort. | [Bois]-tu du bois ? | Que ne [bois]-tu au bois.
voir : La reine vit seule. Que [vit]-elle ? | Où [vit]-il ce qu’il a [vu] ?
vivre : La loi qu’il a [vécue], elle [vit].
"""


def _marked(text: str, tree: Query) -> str:
    for start, end in reversed(matching.marks(text, tree, "text")):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def _whole(text: str, tree: Query, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same where the whole text is read."""
    with monkeypatch.context() as patch:
        patch.setattr(targets.Targets, "beyond_chunks", lambda *_: True)
        return _marked(text, tree)


def _rows() -> list[tuple[str, str]]:
    rows = [row.split(" : ", 1) for row in MARKED.strip().splitlines()]
    return [(verb, text) for verb, texts in rows for text in texts.split(" | ")]


@pytest.mark.parametrize(("verb", "text"), _rows())
def test_a_verb_is_marked_as_where_all_is_read(
    verb: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = text.replace("[", "").replace("]", "")
    for tree in (
        stem(french.stem(french.fold(verb))),
        Or([stem(french.stem(french.fold(verb))), stem("dort"), Term("text", "la")]),
    ):
        assert _marked(plain, tree) == _whole(plain, tree, monkeypatch)
    assert _marked(plain, stem(french.stem(french.fold(verb)))) == text


def test_what_stands_beside_a_verb_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    tokens = french.tokens
    monkeypatch.setattr(french, "tokens", lambda text: read.append(text) or tokens(text))
    text = (
        "Une girafe rousse était partie hier, disait-on jadis en Afrique. " + "Rien d’autre. " * 50
    )
    assert _marked(text, stem("partir")).count("[") == 1
    assert read == ["partie"]


def test_a_verb_in_a_phrase_is_met_in_its_text() -> None:
    text = "La reine est partie hier. Une partie, la reine est partie."
    tree = Or([Phrase("text", ["la", "reine"]), stem("partir")])
    assert (
        _marked(text, tree) == "[La reine] est [partie] hier. Une partie, [la reine] est [partie]."
    )


def test_a_chunk_that_nobody_sees_moves_no_mark() -> None:
    text = "Rien \u200b ne va : elle est [partie], la partie."
    assert _marked(text.replace("[", "").replace("]", ""), stem("partir")) == text
