"""Articles of a title, a standfirst and comments that answer one another, and what is stored."""

from __future__ import annotations

from index.engines import Engine
from index.keeping.rewriting import everything
from index.record import About, Record


def article(name: str, *comments: str) -> list[Record]:
    about = About(name, f"Titre {name}", comments=len(comments))
    lead = Record(id=f"{name}#lead", kind="lead", about=about, position=0, text="Le chapô.")
    return [
        lead,
        *(
            Record(
                id=f"{name}#comment-{number}",
                kind="comment",
                about=about,
                position=number,
                author="Zoé",
                text=text,
                parent=parent,
            )
            for number, text in enumerate(comments, 1)
            for parent in [f"{name}#comment-{number - 1}" if number > 1 else None]
        ),
    ]


def stored(engine: Engine) -> dict[str, str]:
    """The text of each passage, by its id."""
    return {record.id: record.text for record in everything(engine.reader())}
