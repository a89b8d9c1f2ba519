"""How are answers shown on a terminal?"""

from __future__ import annotations

import re

import click

from index.moments import DATE_LENGTHS, season
from index.plurals import counted, elides
from index.record import Record
from index.results import Passage, Results, Snippet, Span

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PART = {"title": "Titre", "lead": "Chapô", "section": "Section", "comment": "Commentaire"}


def print_results(results: Results, *, color: bool) -> None:
    """Totals, notices, then each article with its passages; without color, marks in brackets."""
    totals = results.totals
    click.echo(
        f"{counted(totals.articles, 'article')}, {counted(totals.passages, 'passage')} "
        f"({totals.sections} dans les articles, {totals.comments} dans les commentaires)"
    )
    for notice in results.notices:
        click.echo(f"  note : {notice.message}")
    for offer in results.did_you_mean:
        size = f"{offer.partial} en partie" if offer.partial else counted(offer.passages, "passage")
        click.echo(f"  vouliez-vous dire : {_plain(offer.question)} ({size})")
    last_full = max((n for n, group in enumerate(results.groups) if not group.partial), default=-1)
    for place, group in enumerate(results.groups):
        if place == last_full + 1 and group.partial:
            click.echo("\nPassages qui contiennent une partie des mots")
        rank = (results.page - 1) * results.size + 1 + place
        click.echo()
        title = _marked(group.about.title, group.title_marks, color)
        length = DATE_LENGTHS.get(group.about.precision, 10)
        date = f" — {group.about.published[:length]}" if group.about.published else ""
        click.echo(f"{rank}. {title}{date}")
        if group.partial and place < last_full:
            click.echo("   (une partie des mots)")
        if group.about.url:
            click.echo(f"   {_plain(group.about.url)}")
        for passage in group.passages:
            click.echo(f"   · {_title_line(passage, color)}")
            if passage.instead:
                words = ", ".join(f"« {_plain(word)} »" for word in passage.instead)
                click.echo(f"     (trouvé par {words}, qui n’est pas dans la question)")
            for snippet in passage.snippets:
                click.echo(f"     {_snippet(snippet, color)}")
        remaining = group.passages_found - len(group.passages)
        if remaining > 0:
            click.echo(f"   … {counted(remaining, 'autre passage')}")
    if results.listed and not results.groups:
        last_page = -(-results.listed // results.size)
        click.echo(f"\nRien à la page {results.page} : la dernière est --page {last_page}")
    if results.has_next:
        click.echo(f"\nSuite : --page {results.page + 1}")


def _title_line(passage: Passage, color: bool) -> str:
    record = passage.record
    line = _PART[record.part]
    if record.kind == "comment" and record.author:
        line += f" {'d’' if elides(record.author) else 'de '}{_plain(record.author)}"
    if record.kind == "section" and record.heading:
        line += f" « {_marked(record.heading, passage.heading_marks, color)} »"
    if record.kind == "comment" and (record.shown or record.start):
        line += f", {_plain(record.shown or _time(record))}"
    if record.edited:
        line += ", modifié"
    return f"{line}  [{_plain(record.id)}]"


def _time(record: Record) -> str:
    """When a comment was written, as far as known; of an hour that clocks repeat, which one."""
    start = record.start or ""
    if record.precision not in ("second", "minute"):
        return start[: DATE_LENGTHS.get(record.precision, DATE_LENGTHS["day"])]
    suffix = {"summer": " (heure d’été)", "winter": " (heure d’hiver)"}.get(season(start) or "", "")
    return start[: len("2024-12-02T09:08")].replace("T", " ") + suffix


def _snippet(snippet: Snippet, color: bool) -> str:
    text = _marked(snippet.text, snippet.marks, color).replace("\n", " ")
    return ("… " if snippet.starts_inside else "") + text + (" …" if snippet.ends_inside else "")


def _marked(text: str, marks: tuple[Span, ...], color: bool) -> str:
    """
    >>> _marked("l’avocat", ((2, 8),), color=False)
    'l’[avocat]'
    """
    end_of_last, parts = 0, []
    for start, end in marks:
        parts.append(_plain(text[end_of_last:start]))
        word = _plain(text[start:end])
        parts.append(click.style(word, bold=True, fg="yellow") if color else f"[{word}]")
        end_of_last = end
    return "".join(parts) + _plain(text[end_of_last:])


def _plain(text: str) -> str:
    """What a reader wrote never commands the terminal of another.

    >>> _plain("rouge\x1b[31m")
    'rouge�[31m'
    """
    return _CONTROLS.sub("\ufffd", text)
