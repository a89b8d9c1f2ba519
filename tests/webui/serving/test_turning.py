"""Are the pages of an answer those of one state, whatever enters or leaves the index meanwhile?"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient

from index import engines
from index.keeping import rewriting
from index.record import About, Record
from index.writing import writing
from webui import create_app
from webui.serving import States, state_name

ROOT = Path(__file__).parents[3]
SAID = (ROOT / "SERVICE.md").read_text("utf-8")

# A process that writes one change for each line it is told, and says when it is done.
WRITER = """
import sys
from tests.webui.serving.test_turning import articles, change
from index import engines
engine = engines.open(sys.argv[1])
for number, line in enumerate(sys.stdin):
    change(engine, number)
    print("done", flush=True)
"""


def article(name: str, day: int, text: str = "La zibeline du Nord.") -> list[Record]:
    moment = f"2024-05-{day:02}T10:00:00+02:00"
    about = About(f"demo:{name}", f"Numéro {name}", published=moment)
    when = {"start": moment, "end": moment, "precision": "minute"}
    return [
        Record(about.id, "lead", about, 0, about.title, "", **when),
        Record(f"{about.id}#section-1", "section", about, 1, "", text, anchor="section-1", **when),
    ]


def articles() -> Iterator[list[Record]]:
    return (article(f"stays-{n}", n % 20 + 1, "zibeline " * (n % 4 + 1)) for n in range(40))


def change(engine: engines.Engine, number: int) -> None:
    """An article enters before all others, in every order, and another leaves."""
    writing.write(
        engine, [article(f"enters-{number}", 28, "zibeline zibeline")], seen=1_733_000_000
    )
    writing.write(
        engine, [article(f"older-{number}", 1, "Une zibeline, la zibeline.")], seen=1_733_000_000
    )
    writing.remove(engine, [f"demo:leaves-{number}"])


def loop() -> Callable[..., Iterator[dict[str, Any]]]:
    """The function that SERVICE.md gives."""
    [program] = re.findall(r"^```python\n(.*?)^```", SAID, re.M | re.S)
    names: dict[str, Any] = {}
    exec(program.split("for resultat in chercher")[0], names)
    search_loop: Callable[..., Iterator[dict[str, Any]]] = names["chercher"]
    return search_loop


@contextmanager
def writer(location: str) -> Iterator[Callable[[], None]]:
    """Another process that writes a change, each time it is called."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, location], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    with process:

        def write() -> None:
            process.stdin.write("next\n")
            process.stdin.flush()
            assert process.stdout.readline() == "done\n"

        yield write
        process.stdin.close()


def filled(location: str) -> None:
    engine = engines.open(location, create=True)
    writing.write(
        engine,
        [*articles(), *(article(f"leaves-{n}", n % 20 + 1) for n in range(30))],
        seen=1_733_000_000,
    )
    engine.close()


STAY = {f"demo:stays-{n}" for n in range(40)}


@pytest.mark.parametrize("engine", ["", "whoosh:"])
@pytest.mark.parametrize("options", [{}, {"sort": "newest"}, {"group": "none", "sort": "oldest"}])
def test_the_documented_loop_loses_nothing(
    tmp_path: Path, serving: Callable[..., Any], engine: str, options: dict[str, str]
) -> None:
    location = f"{engine}{tmp_path / 'index'}"
    filled(location)
    result_ids: list[str] = []
    with (
        serving("--index", location) as (address, _),
        writer(location) as write,
    ):
        for result in loop()("zibeline", address.rstrip("/"), size=5, **options):
            if len(result_ids) % 12 == 0:
                write()
            result_ids.append(result["article"]["id"])
    assert len(result_ids) == len(set(result_ids))
    assert set(result_ids) >= STAY
    # one state from the first page to the last: nothing that came after
    assert not [
        result_id for result_id in result_ids if "enters" in result_id or "older" in result_id
    ]


def test_the_documented_loop_begins_again_when_the_state_is_gone(
    tmp_path: Path, serving: Callable[..., Any]
) -> None:
    location = str(tmp_path / "index")
    filled(location)
    engine = engines.open(location)
    app = create_app(engine)
    client = app.test_client()
    first = client.get("/search.json?q=zibeline&size=5&sort=newest").get_json()
    assert first["page"]["restart"] is None
    change(engine, 0)
    app.extensions["states"].forget()
    second = client.get(first["page"]["next"]).get_json()
    # as slipped as it would be without a state, and said so
    assert {result["id"] for result in second["results"]} & {
        result["id"] for result in first["results"]
    }
    restart = second["page"]["restart"]
    assert re.fullmatch(r"/search\.json\?q=zibeline&sort=newest&size=5&state=[-0-9a-f]+", restart)
    restarted = client.get(restart).get_json()
    assert restarted["page"]["restart"] is None
    assert restarted["results"][0]["id"] == "demo:enters-0"
    page = client.get(first["page"]["next"].replace(".json", ""), headers=FRENCH).text
    assert "L’index a changé depuis la première page" in page
    assert restart.replace(".json", "").replace("&", "&amp;") in page


FRENCH = {"Accept-Language": "fr"}


def pages(client: FlaskClient, address: str) -> Iterator[dict[str, Any]]:
    following: str | None = address
    while following:
        body = client.get(following).get_json()
        yield body
        following = body["page"]["next"]


def test_what_was_removed_or_changed_is_not_shown_as_it_was(
    app_of: Callable[..., flask.Flask],
) -> None:
    app = app_of(*articles())
    engine: engines.Engine = app.extensions["engine"]
    turned_pages = pages(app.test_client(), "/search.json?q=zibeline&size=5&sort=oldest")
    first = next(turned_pages)
    changed_id, removed_id = "demo:stays-19", "demo:stays-39"
    assert not {changed_id, removed_id} & {result["id"] for result in first["results"]}
    writing.write(engine, [article("stays-19", 20, "La zibeline, corrigée.")], seen=1_733_000_000)
    writing.remove(engine, [removed_id])
    other_results = [result for page in turned_pages for result in page["results"]]
    result_ids = [result["id"] for result in first["results"] + other_results]
    assert sorted(result_ids) == sorted(STAY - {removed_id})
    [changed_result] = [result_id for result_id in other_results if result_id["id"] == changed_id]
    assert changed_result["passages"][0]["snippets"][0]["text"] == "La zibeline, corrigée."


def test_the_page_s_own_links_turn_in_its_state(app_of: Callable[..., flask.Flask]) -> None:
    app = app_of(*articles())
    client = app.test_client()
    state = state_name(app.extensions["engine"].reader())
    second = client.get(f"/search?q=zibeline&size=5&page=2&state={state}").text
    for rel, number in (("prev", ""), ("next", "&amp;page=3")):
        link = f'<a rel="{rel}" href="/search?q=zibeline{number}&amp;size=5&amp;state={state}">'
        assert link in second
    # what is asked otherwise is asked of today's state
    [csv] = re.findall(r'href="(/search\.csv[^"]*)"', second.partition("<main")[2])
    assert "state" not in csv
    assert f"sort=newest&amp;size=5&amp;state={state}" not in second


def test_a_state_is_kept_some_minutes_and_no_longer() -> None:
    engine, now = engines.open(":memory:"), [0.0]
    writing.write(engine, [article("a", 1)], seen=1_733_000_000)
    first, states = engine.reader(), States(clock=lambda: now[0])
    state_name = states.keep(first)
    writing.write(engine, [article("b", 1)], seen=1_733_000_000)
    for now[0] in (500.0, 1000.0, 1500.0, 2000.0):
        assert states.find(state_name, engine.reader()) is first
    # half an hour after another took its place, however often it is read
    now[0] = 2400.0
    assert states.find(state_name, engine.reader()) is None
    state_name, second = states.keep(engine.reader()), engine.reader()
    writing.write(engine, [article("c", 1)], seen=1_733_000_000)
    assert states.find(state_name, engine.reader()) is second
    now[0] = 3100.0
    assert states.find(state_name, engine.reader()) is None


def test_so_many_states_are_kept_the_lately_read_ones() -> None:
    engine, states = engines.open(":memory:"), States(most=2)
    names = []
    for number in range(3):
        writing.write(engine, [article(str(number), 1)], seen=1_733_000_000)
        names.append(states.keep(engine.reader()))
        if number:
            states.keep(states.find(names[0], engine.reader()) or engine.reader())
    are_found = [states.find(name, engine.reader()) is not None for name in names[:2]]
    assert are_found == [True, False]


def test_nothing_is_kept_of_an_index_that_was_rewritten(tmp_path: Path) -> None:
    location = str(tmp_path / "index")
    filled(location)
    engine, states = engines.open(location), States()
    state_name = states.keep(engine.reader())
    rewriting.rewrite(engine)
    assert states.find(state_name, engine.reader()) is None


def turned_by_two_processes(location: str, serving: Callable[..., Any]) -> list[str]:
    """The articles that SERVICE.md's loop gives while others enter and leave the index."""
    result_ids: list[str] = []
    with (
        serving("--index", location, "--workers", "2") as (address, _),
        writer(location) as write,
    ):
        for number, result in enumerate(loop()("zibeline", address.rstrip("/"), size=5)):
            if number in (3, 22):
                write()
            result_ids.append(result["article"]["id"])
    return result_ids


def test_every_process_keeps_the_states_as_they_come(
    tmp_path: Path, serving: Callable[..., Any]
) -> None:
    location = str(tmp_path / "index")
    filled(location)
    result_ids = turned_by_two_processes(location, serving)
    assert len(result_ids) == len(set(result_ids))
    assert set(result_ids) >= STAY


@pytest.mark.parametrize("state", ["x", "1", "1-", "-1-00000000", "1-0000000g"])
def test_a_state_that_is_none_is_named(client: FlaskClient, state: str) -> None:
    answer = client.get("/search.json", query_string={"q": "a", "state": state})
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "state")
