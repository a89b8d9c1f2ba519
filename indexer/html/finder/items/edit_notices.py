"""Is a line of a comment nobody's words: when it was edited, what parted its buttons?

Forums and engines write it below the text: "Modifié en dernier par Zoé le 2 mars 2024 12:05,
modifié 1 fois.", "Dernière modification le 3 mars 2024 à 10:00".
"""

from __future__ import annotations

import re

from indexer.html.finder.comment_words import shown
from indexer.html.finder.date_marks import is_dated
from indexer.markup import Words

_LONGEST = 160
_NOTICE = re.compile(
    r"[\W_]*(?:(?:ce |le |this )?(?:message|commentaire|comment|post) "
    r"(?:(?:a ete|was|has been) )?)?"
    r"(?:(?:modifie|edite)e?(?: en dernier| pour la derniere fois)?"
    r"|mise? a jour|(?:derniere )(?:modification|edition|mise a jour)"
    r"|(?:last )?(?:edit(?:ed)?|modified|updated))"
    r"(?:(?: par| by|:) ?(?P<by>(?:(?!\ble\b|\bon\b).){1,40}?))??"
    r"(?P<when>\W*(?:(?:le|on|a|at|il y a|hier|aujourd'hui|a l'instant"
    r"|yesterday|today)\b|\d|[a-z]{3,9}\.? \d)"
    # « Modifiée le 14 juillet 1790, la loi tient » is said
    r"(?:(?!, (?!(?:a|at|par|by|il y a|(?:modifie|edite|edited)e?)\b|[a-z]{3,9}\.? \d)[a-z]).)"
    r"{0,80}?)"
    r"(?:[\W_]*(?:modifie|edite|edited)e? \d+ (?:fois|times?)(?: (?:au|in) total)?)?[\W_]*"
)


def is_edit_notice(line: str) -> bool:
    """Return whether a line only says when what is above it was edited.

    >>> is_edit_notice("Modifié en dernier par Zoé le 2 mars 2024 12:05, modifié 1 fois.")
    True
    >>> is_edit_notice("Modifié le 2 mars 2024, le décret ne vaut plus rien pour les bacs.")
    False
    """
    if len(line) > _LONGEST:
        return False
    match = _NOTICE.fullmatch(shown(line))
    return match is not None and is_dated(match["when"])


def without_edit_notice(words: Words) -> tuple[Words, str]:
    """Return a comment's words without such a line, below the first, and that line, or "".

    A signature may stand below it.

    >>> without_edit_notice(Words("Non.\\nModifié le 3 mars 2024 à 10:00"))[1]
    'Modifié le 3 mars 2024 à 10:00'
    """
    first, *lines = words.text.split("\n")
    notice = next(filter(is_edit_notice, reversed(lines)), "")
    text = "\n".join([first, *(line for line in lines if not notice or line != notice)])
    return words._replace(text=text), notice


_SIGNS = re.compile(r"\n[\s\[\]|()•·/]+$")


def without_signs(words: Words) -> Words:
    """Return a comment's words without a last line of the signs that stood between buttons.

    >>> without_signs(Words("Six mois.\\n[ | ]")).text
    'Six mois.'
    """
    return words._replace(text=_SIGNS.sub("", words.text))
