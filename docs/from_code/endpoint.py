"""What does the page of the endpoint say? (declared parameters, schemas, real answers)"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from from_code.markdown import code, table
from index import engines
from index.writing import write
from indexer.canonical import JsonFormat, records_of
from indexer.files import CapturedFile
from indexer.times import Capture
from webui import create_app
from webui.locale.catalogue import CATALOGUE
from webui.openapi import description as openapi
from webui.openapi.schemas import SCHEMAS

ARTICLES = Path(__file__).parents[2] / "indexer" / "demo" / "articles.jsonl"

TYPES = {
    "string": "texte",
    "integer": "entier",
    "number": "nombre",
    "boolean": "oui ou non",
    "array": "liste",
    "object": "objet",
    "null": "rien",
}


@cache
def client() -> Any:
    """The application over the articles of the demonstration."""
    file = CapturedFile(ARTICLES, "articles.jsonl", Capture.parse("2026-11-28"))
    articles = list(JsonFormat().read(file))
    engine = engines.open(":memory:")
    write(engine, [list(records_of(article)) for article in articles], seen=1)
    return create_app(engine).test_client()


def http_page() -> str:
    """The endpoint."""
    say = {key: french for key, (french, _) in CATALOGUE.items()}
    blocks = [
        "# HTTP et JSON",
        "Tout se lit en GET, sans clé ni cookie, depuis n’importe quel site. La même description "
        "est servie à `/api` pour les personnes, et à `/openapi.json` (OpenAPI 3.1) pour les "
        "programmes. S’en servir depuis un site ou un programme : [](../guides/integrer.md).",
        "## Ce sur quoi on peut compter",
        '```{include} ../../SERVICE.md\n:start-after: "## Ce sur quoi on peut compter"\n'
        ':end-before: "## Pour qui administre"\n```',
        "## Adresses",
        table(
            ["adresse", "réponse", "type", "paramètres"],
            [
                [
                    code(route.path),
                    say[route.says],
                    code(route.media),
                    ", ".join(code(one.name) for one in route.parameters),
                ]
                for route in openapi.ROUTES
            ],
        ),
        "Sans suffixe, `/search` et `/article/{id}` sont des pages pour les personnes.",
        "## Paramètres",
        table(
            ["nom", "ce que c’est", "accepte", "par défaut"],
            [
                [
                    code(one.name) + (" (plusieurs fois)" if one.many else ""),
                    one.says,
                    one.accepts,
                    code(str(one.default)) if one.default not in (None, "", ()) else "",
                ]
                for one in openapi.EVERY_PARAMETER
            ],
        ),
        say["endpoint_empty"],
        "## Erreurs",
        "Des *problems* (RFC 9457), de type `application/problem+json`.",
        table(
            ["type", "statut", "titre"],
            [
                [code(f"/api#{kind}"), str(status), say[key]]
                for kind, status, key in openapi.PROBLEMS
            ],
        ),
        "Par exemple, à `/search.json?q=sora&size=beaucoup` :",
        _json(client().get("/search.json?q=sora&size=beaucoup").json),
        "## Un exemple",
        'Aux articles de la démonstration, `/search.json?q="mot de passe"&in=comments&size=1` '
        "répond (les listes sont coupées ici, d’un `…`) :",
        _json(_short(client().get('/search.json?q="mot de passe"&in=comments&size=1').json)),
        "Les marques sont des places dans le texte à côté d’elles, en points de code Unicode : "
        "[début, fin).",
        "## Ce que contiennent les réponses",
    ]
    for name, schema in SCHEMAS.items():
        rows = list(_members(schema))
        if rows:
            blocks += [f"### {name}", table(["membre", "valeur"], rows)]
    return "\n\n".join(blocks)


def _json(value: Any) -> str:
    return "```json\n" + json.dumps(value, ensure_ascii=False, indent=1) + "\n```"


def _short(value: Any, most: int = 1) -> Any:
    """Return an answer with its lists cut, what depends on the day taken out."""
    if isinstance(value, dict):
        return {
            name: _short(member, 3 if name in ("marks", "matches") else 1)
            for name, member in value.items()
            if name not in ("took_ms", "index")
        }
    if isinstance(value, list) and value and not isinstance(value[0], int):
        return [_short(item) for item in value[:most]] + ["…"] * (len(value) > most)
    return value


def _members(schema: dict[str, Any], path: str = "") -> Iterator[list[str]]:
    for name, member in schema.get("properties", {}).items():
        yield [code(path + name), _type(member)]
        yield from _members(member, f"{path}{name}.")
        yield from _members(member.get("items", {}), f"{path}{name}[].")


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " ou ".join(dict.fromkeys(map(_type, schema["anyOf"])))
    if "enum" in schema:
        return ", ".join(code(value) for value in schema["enum"])
    if "const" in schema:
        return code(str(schema["const"]))
    names = schema.get("type", "object")
    names = [names] if isinstance(names, str) else names
    if names == ["array"] and "$ref" in schema.get("items", {}):
        return f"liste de {_type(schema['items'])}"
    if schema.get("format") == "date-time":
        return "instant RFC 3339 ou rien"
    return " ou ".join(TYPES[name] for name in names)
