"""Which pages of the reference are made from the code's own tables?

Each is made anew at each build, into `docs/reference/`, and none is committed: what is not there
cannot be stale. The tables are those that the program works with: click's commands, the grammar,
the notices, the declared parameters, the schemas, the formats in the order they are tried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
from sphinx.application import Sphinx

from glose import main
from index import engines
from index.question import grammar, reading_rules, synonyms
from index.question.notices import MESSAGES
from indexer.canonical import JsonFormat, records_of
from indexer.files import CapturedFile
from indexer.pipeline.sources import FORMATS
from indexer.reporting import Rank
from indexer.times import Capture
from webui import create_app, openapi
from webui.catalogue import CATALOGUE
from webui.schemas import SCHEMAS

HERE = Path(__file__).parent
ARTICLES = HERE.parent / "indexer" / "demo" / "articles.jsonl"

# what every command says of itself in French, in the words of the formats' ranks
RANKS = {
    Rank.COMMENTS: "commentaires tenus ailleurs",
    Rank.TEXT: "texte d’une page",
    Rank.FEED: "flux",
    Rank.PAGE: "page HTML",
    Rank.API: "interface d’un site",
    Rank.EXPORT: "exportation, ou fait par vous",
}

TYPES = {
    "string": "texte",
    "integer": "entier",
    "number": "nombre",
    "boolean": "oui ou non",
    "array": "liste",
    "object": "objet",
    "null": "rien",
}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table of Markdown.

    >>> print(table(["a", "b"], [["1", "x | y"]]))
    | a | b |
    |---|---|
    | 1 | x \\| y |
    """
    lines = [list(head)]
    lines += [["---"] * len(lines[0])]
    lines += [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    shown = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([shown[0], shown[1].replace(" ", ""), *shown[2:]])


def code(text: str) -> str:
    """Return a text as it is typed; "" stays nothing."""
    return f"`{text}`" if text else ""


# --- the command line


def commands() -> Iterator[tuple[str, click.Command]]:
    """Give each command with its name, in the order of `glose --help`."""
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        yield name, command


def commands_page() -> str:
    """The command line."""
    said = [
        "# La ligne de commande",
        "Toutes les commandes s’écrivent `glose COMMANDE`, et `glose COMMANDE --help` dit ce qui "
        "suit. Elles partagent leurs codes de sortie : 0, tout va bien ; 1, quelque chose a été "
        "laissé de côté ou n’est pas sain ; 2, mauvais usage.",
    ]
    for name, command in commands():
        said += [f"## glose {name}", *_about(name, command)]
    said += ["## Variables d’environnement", _variables()]
    return "\n\n".join(said)


def _about(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"glose {name}")
    pieces = command.collect_usage_pieces(context)
    yield f"```text\nglose {name} {' '.join(pieces)}\n```"
    yield from (_plain(paragraph) for paragraph in (command.help or "").split("\n\n"))
    rows = [row for option in command.params if (row := _option(option, context)) is not None]
    if rows:
        yield table(["option", "ce qu’elle fait", "par défaut"], rows)


def _option(option: click.Parameter, context: click.Context) -> list[str] | None:
    if not isinstance(option, click.Option) or option.hidden:
        return None
    metavar = "" if option.is_flag or option.count else " " + option.make_metavar(context)
    names = ", ".join(option.opts)
    # a long list of choices is said below the name, not in it
    shown = code(names + metavar) if len(metavar) < 60 else code(names)
    says = _plain(option.help or "")
    if len(metavar) >= 60:
        says += " " + ", ".join(map(code, metavar.strip(" []").split("|")))
    if option.required:
        says += " Nécessaire."
    return [shown, says, code(_default(option))]


def _default(option: click.Option) -> str:
    variable = f"${option.envvar}" if option.envvar else ""
    default = option.default
    if option.is_flag or not isinstance(default, str | int | float) or isinstance(default, bool):
        return variable
    return f"{variable}, {default}" if variable else str(default)


def _plain(text: str) -> str:
    """Return a help text, what stars and brackets mean to Markdown taken from it."""
    one_line = " ".join(text.split())
    escaped = re.sub(r"([*<>\[\]_])", r"\\\1", one_line)
    return escaped.replace("FORMAT.md", "[](formats.md)")


def variables() -> dict[str, str]:
    """The variables that options take their value from, with what the option says."""
    return {
        str(option.envvar): _plain(option.help or "")
        for _, command in commands()
        for option in command.params
        if isinstance(option, click.Option) and option.envvar
    }


_OTHERS = {
    "GLOSE_METRICS_TOKEN": "Le jeton que `/metrics` demande ; voir `--metrics-token-file`.",
    "GLOSE_SMTP_PASSWORD": "Le mot de passe du serveur de courriel de `glose alert --mail`.",
    "GLOSE_OPENSEARCH_*": "Qui l’on est pour un cluster : [](../guides/cluster.md).",
}


def _variables() -> str:
    rows = [[code(name), says] for name, says in (variables() | _OTHERS).items()]
    return table(["variable", "ce qu’elle dit"], rows)


# --- the language of questions


def questions_page() -> str:
    """The language of questions."""
    limits = grammar.LIMITS
    return "\n\n".join(
        [
            "# La langue des questions",
            "Tout texte est une question : rien n’est jamais une erreur, et ce qui n’a pas été "
            "compris est dit à côté des résultats ([](remarques.md)). La même table est servie à "
            "`/syntax`, en français et en anglais. Pourquoi les mots se trouvent ainsi : "
            "[](../explications/francais.md).",
            "## Signes, mots et champs",
            grammar.markdown(),
            "Les noms de champs valent en français et en anglais, avec ou sans accents, en "
            "capitales ou non. Les mots `ET`, `OU`, `SAUF`, `PRES` (`AND`, `OR`, `NOT`, `NEAR`) ne "
            "sont des signes qu’en capitales.",
            "## Les valeurs de certains champs",
            table(["champ", "valeurs", "autres noms de la même"], _choices()),
            "## Limites",
            table(
                ["quoi", "au plus"],
                [
                    ["caractères", str(limits.characters)],
                    ["mots", str(limits.terms)],
                    ["parenthèses l’une dans l’autre", str(limits.depth)],
                    ["mots d’une suite entre guillemets", str(limits.phrase)],
                    ["distance de `PRES/n` et de `~n`", str(limits.slop)],
                    ["mots que peut désigner un `*`", str(limits.expansions)],
                    ["mots avec `*` ou `?` dans une question", str(limits.wild)],
                    ["mots avec `~` dans une question", str(limits.fuzzy)],
                ],
            ),
            f"Avant `*`, il faut {limits.prefix} lettres ; avant `~`, {limits.fuzzy_letters}. "
            "Au-delà d’une limite, la question est coupée, et une remarque dit où.",
            "## Ce qui est fait d’un texte, et de la question",
            reading_rules.markdown(),
            "## Synonymes",
            f"Glose en connaît {len(synonyms.BUNDLED)}, dans `index/question/synonyms.txt` ; un "
            "autre fichier de la même forme se donne par `--synonyms` ou `$GLOSE_SYNONYMS`.",
        ]
    )


def _choices() -> Iterator[list[str]]:
    for field in grammar.NAMED:
        for choice in field.choices:
            names = [code(f"{field.name}:{name}") for name in choice.names]
            yield [code(f"{field.name}:"), names[0], " ".join(names[1:])]


def notices_page() -> str:
    """What is said of a question that was not wholly understood."""
    rows = [
        [code(name), _said(french), _said(english)] for name, (french, english) in MESSAGES.items()
    ]
    return "\n\n".join(
        [
            "# Les remarques",
            "Ce que Glose dit d’une question qui n’a pas été comprise, ou pas entière. Le code est "
            "pour les programmes et ne change pas (`query.notices[].code`) ; la phrase est pour "
            "les personnes. Entre accolades : ce que la question avait à cet endroit.",
            table(["code", "en français", "en anglais"], rows),
        ]
    )


def _said(message: str) -> str:
    return re.sub(r"([*<>\[\]_])", r"\\\1", message)


# --- HTTP


@cache
def client() -> Any:
    """The application over the articles of the demonstration."""
    from index.writing import write

    file = CapturedFile(ARTICLES, "articles.jsonl", Capture.parse("2026-11-28"))
    articles = list(JsonFormat().read(file))
    engine = engines.open(":memory:")
    write(engine, [list(records_of(article)) for article in articles], seen=1)
    return create_app(engine).test_client()


def http_page() -> str:
    """The endpoint."""
    say = {key: french for key, (french, _) in CATALOGUE.items()}
    said = [
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
                    "tous"
                    if len(route.parameters) == len(openapi.PARAMETERS)
                    else ", ".join(code(one.name) for one in route.parameters),
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
                for one in (*openapi.PARAMETERS, openapi.START, openapi.AT)
            ],
        ),
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
            said += [f"### {name}", table(["membre", "valeur"], rows)]
    return "\n\n".join(said)


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


# --- what is read


def formats_page() -> str:
    """The formats that are read."""
    rows = [
        [code(form.name), RANKS[form.rank]]
        for form in FORMATS
        if form.name not in ("refused", "unknown", "manifest")
    ]
    return "\n\n".join(
        [
            "# Les formats lus",
            "C’est le contenu d’un fichier qui décide de son format, et non son nom. "
            "`glose check FICHIER` dit lequel est reconnu, et ce qui y est lu, sans rien indexer ; "
            "`--format` l’impose.",
            "## Dans l’ordre où ils sont essayés",
            "La seconde colonne dit ce que le format sait d’un article : quand deux sources "
            "donnent le même, la meilleure l’emporte ([](#le-même-article-de-plusieurs-sources)).",
            table(["`--format`", "sorte de source"], rows),
            "```{include} ../../FORMAT.md\n:start-line: "
            + str(_line("FORMAT.md", "## La page en texte"))
            + "\n```",
        ]
    )


def _line(file: str, heading: str) -> int:
    """Return how many lines of a root file come before a heading."""
    return (HERE.parent / file).read_text("utf-8").splitlines().index(heading)


PAGES: dict[str, Callable[[], str]] = {
    "commandes": commands_page,
    "questions": questions_page,
    "remarques": notices_page,
    "http": http_page,
    "formats": formats_page,
}


def write(folder: Path = HERE / "reference") -> None:
    """Write each page that is not as it should be."""
    for name, page in PAGES.items():
        path, text = folder / f"{name}.md", page() + "\n"
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    write()
    return {"parallel_read_safe": True}


if __name__ == "__main__":
    write()
