"""Which commands ask an index?

`search`, `explain`, `terms`: doors, which read flags, the environment and the clock, call
the walks and print. The JSON of an answer holds links, which the web's room makes: the
front door hands that face in.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import takewhile
from pathlib import Path

import click

from index import engines, french
from index.answering import FACETS, Filters, Where, search
from index.doors.options import json_option, number_option, synonyms_option, where_option
from index.doors.printing import print_results
from index.doors.standard_streams import TEXT, echo_json, readable
from index.moments import PARIS
from index.question.query import bounded as readable_part
from index.question.synonyms import BUNDLED, load
from index.results import Results

_LONG_OPTION = re.compile("--[a-z][a-z-]*")


def _synonyms(path: Path | None) -> Mapping[str, tuple[str, ...]]:
    return BUNDLED if path is None else load(path)


class Asking(click.Command):
    """A command whose question may begin with a dash, but not with an option misspelt."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        option_names = {
            name for param in self.get_params(ctx) for name in (*param.opts, *param.secondary_opts)
        }
        for text in takewhile(lambda argument: argument != "--", args):
            name = text.partition("=")[0]
            if _LONG_OPTION.fullmatch(name) and name not in option_names:
                raise click.UsageError(
                    f"« {name} » n’est pas une option ; pour chercher ce mot : "
                    f"glose {self.name} -- {text}",
                    ctx,
                )
        return super().parse_args(ctx, args)


Face = Callable[[Results, Filters, engines.Order | None], object]


def _search_command(face: Face) -> click.Command:
    # a question may begin with an exclusion: -sora is no option
    @click.command("search", cls=Asking, context_settings={"ignore_unknown_options": True})
    @click.argument("question", nargs=-1, required=True, type=TEXT, metavar="QUESTION…")
    @where_option
    @click.option("--json", "as_json", is_flag=True, help="La valeur même de /search.json.")
    @number_option("--limit", 10, click.IntRange(1, 100), "Nombre d’articles.")
    @number_option("--page", 1, click.IntRange(1), "Laquelle, à partir de 1.")
    @click.option(
        "--in",
        "where",
        type=click.Choice(["articles", "comments", "all"]),
        default="all",
        show_default=True,
        help="Où chercher.",
    )
    @click.option(
        "--sort",
        "order",
        type=click.Choice(["relevance", "newest", "oldest", "most_commented"]),
        help="L’ordre des articles.",
    )
    @synonyms_option
    def search_command(
        question: tuple[str, ...],
        location: str,
        as_json: bool,
        limit: int,
        page: int,
        where: Where,
        order: engines.Order | None,
        synonyms: Path | None,
    ) -> None:
        """Chercher QUESTION ; par exemple : glose search '"red team" SAUF openai'"""
        filters = Filters(where=where)
        question_text = readable_part(" ".join(question))
        results = search(
            engines.open(location).reader(),
            question_text,
            now=datetime.now(PARIS),
            filters=filters,
            order=order,
            page=page,
            size=limit,
            facets=tuple(FACETS) if as_json else (),
            synonyms=_synonyms(synonyms),
        )
        if as_json:
            echo_json(face(results, filters, order))
        else:
            # as https://no-color.org says: any value but an empty one
            color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
            print_results(results, color=color)

    return search_command


@click.command("explain", cls=Asking, context_settings={"ignore_unknown_options": True})
@click.argument("question", nargs=-1, required=True, type=TEXT, metavar="QUESTION…")
@where_option
@synonyms_option
@click.option("--passage", metavar="ID", help="Le passage dont expliquer le score.")
@json_option
def explain_command(
    question: tuple[str, ...],
    location: str,
    synonyms: Path | None,
    passage: str | None,
    as_json: bool,
) -> None:
    """Montrer ce que devient QUESTION : l’arbre, ce que le moteur reçoit, les parts d’un score."""
    # the other commands explain nothing
    from index.doors.explaining import explain

    explanation = explain(
        engines.open(location).reader(),
        " ".join(question),
        passage,
        now=datetime.now(PARIS),
        synonyms=_synonyms(synonyms),
    )
    if as_json:
        echo_json(asdict(explanation))
        return
    click.echo(f"Arbre : {explanation.tree}")
    if explanation.partial is not None:
        click.echo(f"En partie : {explanation.partial}")
    click.echo(f"Le moteur reçoit : {explanation.engine_query}")
    if passage is not None and not explanation.answers:
        click.echo(f"Le passage {passage} n’y répond pas, ou n’est pas dans l’index.")
        sys.exit(1)
    if explanation.score is not None:
        click.echo(f"Score de {passage} : {explanation.score:.3f}")
        for leaf, score in explanation.parts:
            click.echo(f"{score:8.3f}  {leaf}")


@click.command("terms")
@click.argument("text", nargs=-1, type=TEXT, metavar="[TEXTE]…")
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON par mot.")
def terms_command(text: tuple[str, ...], as_json: bool) -> None:
    """Montrer comment TEXTE est lu (à défaut, l’entrée standard) : mots, formes, places, règles."""
    sentence = " ".join(text) if text else readable(sys.stdin.read())
    for token in french.tokens(sentence):
        if as_json:
            echo_json(
                {
                    "start": token.start,
                    "end": token.end,
                    "text": sentence[token.start : token.end],
                    "exact": token.exact,
                    "stem": token.stem,
                    "rule": token.rule,
                    "variants": [
                        {"form": v.form, "stem": v.stem, "start": v.start, "end": v.end}
                        for v in token.variants
                    ],
                },
                indent=None,
            )
        else:
            variants = " ".join(variant.form for variant in token.variants)
            click.echo(
                f"{token.start:>5}–{token.end:<5} {sentence[token.start : token.end]:<22} "
                f"{token.exact:<20} {token.stem:<18} {token.rule:<10} {variants}".rstrip()
            )


def commands(face: Face) -> Sequence[click.Command]:
    """The commands of this room; `face` turns an answer into the value of /search.json."""
    return (_search_command(face), explain_command, terms_command)
