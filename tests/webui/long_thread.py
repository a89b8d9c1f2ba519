"""An article whose thread goes by parts."""

from __future__ import annotations

from index.record import About, Record

COMMENTS = 140
# Comments that hold the expression, far from one another: on parts of their own.
HOLDING = (3, 4, 70, 130)
RTL = "אברהם"
# The first is a word that no browser breaks of itself.
AUTHORS = ("Anticonstitutionnellement" * 4, RTL, "Zoé", RTL)


def long_thread_records() -> list[Record]:
    about = About(
        "long", "Un fil sans fin", "https://demo.example/long", None, "Le chapô.", ("IA",), (),
        ("Noémie Vasseur",), "2024-12-02T09:08:00+01:00", None, 4, COMMENTS,
    )  # fmt: skip
    records = [
        Record("long", "lead", about, 0, about.title, about.standfirst or ""),
        Record("long#section-1", "section", about, 1, "Partie", "Une section, sans rien.\nFin.",
               anchor="section-1"),
    ]  # fmt: skip
    for n in range(1, COMMENTS + 1):
        text = "Le mot de passe est ici, pas le passe." if n in HOLDING else "Rien à dire."
        when = f"2024-12-{1 + n % 28:02}T10:00:00+01:00"
        records.append(
            Record(f"long#comment-{n}", "comment", about, n + 1, "", f"{text} {'Du texte. ' * 320}",
                   anchor=f"comment-{n}", author=AUTHORS[n % 4], start=when, end=when,
                   precision="minute", depth=min(n % 4, 2), url=f"https://demo.example/long#{n}",
                   parent=f"long#comment-{n - 1}" if n % 4 else None)
        )  # fmt: skip
    return records
