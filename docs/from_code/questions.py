"""What do the pages say of questions, and of what was not understood? (the grammar's tables)"""

from __future__ import annotations

import re
from collections.abc import Iterator

from from_code.markdown import code, table
from index.question import grammar, reading_rules, synonyms
from index.question.notices import MESSAGES


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
                    [
                        "mots que désignent tous les `*` et `?` d’une question, partagés entre eux",
                        str(limits.expansions_together),
                    ],
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
