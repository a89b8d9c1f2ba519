"""Does a template call what it is given as Jinja would?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import flask
import pytest
from jinja2 import Environment, nodes, pass_context

from index import engines
from webui import create_app
from webui.page.template_context import Context


@pytest.fixture
def app() -> Iterator[flask.Flask]:
    engine = engines.open(":memory:")
    yield create_app(engine)
    engine.close()


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("{{ repeat('a', size=2) }}", "a ×2"),
        ("{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m('<b>') }}", "<i>&lt;b&gt;</i>"),
        ("{% macro m() %}<i>{{ caller('&') }}</i>{% endmacro %}"
         "{% call(x) m() %}{{ x }}{% endcall %}", "<i>&amp;</i>"),
        ("{% block b %}{{ repeat('a', size=loop or 1) }}{% endblock %}", "a ×1"),
        ("{% for n in (1, 2) %}{{ repeat(n, size=loop.index) }} {% endfor %}", "1 ×1 2 ×2 "),
    ],
)  # fmt: skip
def test_a_call_gives_what_jinja_gives(app: flask.Flask, template: str, page: str) -> None:
    def repeat(word: Any, *, size: int) -> str:
        return f"{word} ×{size}"

    environment = app.jinja_env.overlay()
    assert environment.context_class is Context
    environment.globals.update(repeat=repeat, loop=None)
    assert environment.from_string(template).render() == page
    environment = app.jinja_env.overlay()
    environment.context_class = Environment.context_class
    environment.globals.update(repeat=repeat, loop=None)
    assert environment.from_string(template).render() == page


def test_what_is_called_wants_no_context(app: flask.Flask) -> None:
    """Else it would be given none, and the first of its arguments for it."""

    def wanting(values: dict[str, Any]) -> list[str]:
        return [name for name, value in values.items() if hasattr(value, "jinja_pass_arg")]

    assert wanting({"wanting": pass_context(lambda context: "")}) == ["wanting"]
    with app.test_request_context("/"):
        values: dict[str, Any] = dict(app.jinja_env.globals)
        app.update_template_context(values)
        called_names: set[str] = set()
        for name in app.jinja_env.list_templates(extensions=["html", "xml"]):
            source = (app.jinja_env.loader or pytest.fail("no loader")).get_source(
                app.jinja_env, name
            )[0]
            for call in app.jinja_env.parse(source).find_all(nodes.Call):
                if isinstance(call.node, nodes.Name):
                    called_names.add(call.node.name)
    # the others are macros
    assert {"t", "named", "original"} <= called_names & set(values)
    assert wanting({name: values[name] for name in called_names & set(values)}) == []
    assert wanting({"links." + name: getattr(type(values["links"]), name)
                    for name in dir(values["links"])}) == []  # fmt: skip
