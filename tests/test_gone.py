"""What was taken out of an index is gone from every door at the next commit, while it serves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from glose import main
from index import engines
from webui import create_app

NAME = "Zébulon_33"
# what only they said, and how somebody may ask for it without saying it
WORDS = ("cétoines", "scarabeidaire")
ASKED = (
    "requin", "cétoi", "cétoimes", "scarabeidair", "zebul", "zébulon_34", "commentateur:zebul",
    "requin OU scarabeid*", "", "Alice",
)  # fmt: skip
LINE = "Je pense que cette histoire de cétoines et de scarabeidaire nous dépasse, requin ou non."


def comment(number: int, author: str, text: str, **fields: Any) -> dict[str, Any]:
    date = f"2024-12-02T1{number}:00:00+01:00"
    return {"id": f"{number}", "author": author, "text": text, "datePublished": date, **fields}


def source(path: Path, *, with_forgotten: bool = True, second: bool = True) -> Path:
    """Articles: one that everybody comments, and others."""
    comments = [comment(1, NAME, LINE)] if with_forgotten else []
    first = {
        "id": "ex:un", "headline": "Un requin", "datePublished": "2024-12-01T10:00:00+01:00",
        "sections": [{"text": "Le requin va bien."}],
        "comments": [
            *comments,
            comment(
                2, "Alice", f"@{NAME} : le requin, non.", parent_id="1" if with_forgotten else None
            ),
            comment(3, "Bob", "Le requin, d’accord.",
                    citation=[{"text": LINE, "author": NAME}] if with_forgotten else []),
        ],
    }  # fmt: skip
    if not with_forgotten:
        first["comments"][0]["text"] = "Le requin, non."  # type: ignore[index]
    second_comment = {
        "id": "ex:deux", "headline": "Deux requins", "datePublished": "2024-12-01T11:00:00+01:00",
        "sections": [{"text": "Les scarabeidaires et cétoines ne sont pas des requins."}],
    }  # fmt: skip
    other_articles = [
        {"id": f"ex:autre{number}", "headline": f"Autre {number}", "sections": [{"text": "Rien."}]}
        for number in range(6)
    ]
    articles = [first, *([second_comment] if second else []), *other_articles]
    path.write_text("\n".join(json.dumps(article, ensure_ascii=False) for article in articles))
    return path


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == code, result.output + repr(result.exception)
    return result.stdout


@pytest.fixture(params=["", "whoosh:"], ids=["tantivy", "whoosh"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    text = f"{request.param}{tmp_path / 'x.index'}"
    run("index", str(source(tmp_path / "source.jsonl", second=False)), "--index", text)
    return text


@pytest.fixture
def client(where: str) -> FlaskClient:
    """The service, which was asked before and goes on serving."""
    test_client = create_app(engines.open(where)).test_client()
    assert "cétoines" in door_texts(test_client, where)
    return test_client


def door_texts(client: FlaskClient, where: str) -> str:
    """All that every door answers to questions that do not say it themselves."""
    faces = ["/search", "/search.json", "/search.csv", "/search.atom", "/suggest.json",
             "/complete.json"]  # fmt: skip
    texts = [
        client.get(face, query_string={"q": address}).get_data(as_text=True)
        for face in faces
        for address in ASKED
    ]
    for article in ("ex:un", "ex:deux"):
        texts += [
            client.get(f"/article/{article}{end}").get_data(as_text=True) for end in ("", ".json")
        ]
    texts.append(run("export", "--index", where))
    return "\n".join(texts)


def forget(where: str, tmp_path: Path) -> None:
    run("forget", "--commenter", NAME, "--index", where)


def delete(where: str, tmp_path: Path) -> None:
    run("delete", "ex:un", "--index", where)


def delete_comment(where: str, tmp_path: Path) -> None:
    run("delete", "ex:un#comment-1", "--index", where)
    # what others said of it is theirs, and goes by itself
    run("delete", "ex:un#comment-2", "ex:un#comment-3", "--index", where)


def edit(where: str, tmp_path: Path) -> None:
    run(
        "index",
        str(source(tmp_path / "source.jsonl", with_forgotten=False, second=False)),
        "--index",
        where,
    )


@pytest.mark.parametrize("work", [forget, delete, delete_comment, edit])
def test_it_is_gone_from_every_door(
    client: FlaskClient, where: str, tmp_path: Path, work: Callable[[str, Path], None]
) -> None:
    tag = client.get("/search?q=requin").headers["ETag"]
    work(where, tmp_path)
    texts = door_texts(client, where)
    for word in (*WORDS, NAME):
        assert word not in texts, texts[max(0, texts.index(word) - 200) :][:400]
    for word in (*WORDS, f"commentateur:{NAME}"):
        answer = client.get("/search.json", query_string={"q": word}).json
        assert answer is not None
        assert answer["totals"]["passages"] == 0, word
    # an answer kept by a browser is known to be old
    response = client.get("/search?q=requin", headers={"If-None-Match": tag})
    assert response.status_code == 200


def test_an_article_that_its_source_no_longer_gives_goes_when_asked(
    client: FlaskClient, where: str, tmp_path: Path
) -> None:
    path = tmp_path / "source.jsonl"
    run("index", str(source(path)), "--index", where, "--prune")
    assert "Deux requins" in door_texts(client, where)
    run("index", str(source(path, second=False)), "--index", where, "--prune")
    assert "Deux requins" not in door_texts(client, where)
    assert client.get("/article/ex:deux").status_code == 404


def test_who_is_forgotten_does_not_come_back(
    client: FlaskClient, where: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.tar"
    run("backup", str(copy), "--index", where)
    forget(where, tmp_path)
    run("index", str(source(tmp_path / "source.jsonl")), "--index", where)
    assert NAME not in door_texts(client, where)
    # nor from a copy that was made before
    run("restore", str(copy), "--force", "--index", where)
    texts = door_texts(client, where)
    assert NAME not in texts
    assert LINE not in texts
