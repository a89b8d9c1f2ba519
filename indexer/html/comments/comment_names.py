"""Which name and which role does a comment's byline hold: « Zoé (abonnée) », « par Zoé » ?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_ROLES = (
    r"non v[ée]rifi[ée]e?|not verified|invit[ée](?:·?e)?|guest|visiteu(?:r|se)|visitor"
    r"|(?:non[ -])?abonn[ée](?:[·.]?e)?|membres?(?: de la r[ée]daction)?|inscrite?|anonyme"
    r"|(?:l['’])?(?:auteu?r(?:[·.]?e)?|autrice)(?: (?:de l['’]article|du billet))?|(?:post )?author"
    r"|mod[ée]rat(?:eur|rice|or|ion)|(?:la )?r[ée]daction|journalistes?|staff|[ée]quipe"
    r"|admin(?:istrat(?:eur|rice|or))?|contribut(?:eur|rice|or)|lect(?:eur|rice)|moderator"
)
_MARK = re.compile(
    rf"(?i)(?<=[\w.])\s*(?:\((?P<round>{_ROLES})\)|\[(?P<square>{_ROLES})\]"
    rf"|\s[-–—|·•]\s+(?P<behind>{_ROLES})|,\s+(?P<said>mod[ée]rat\w+|admin\w*|abonn[ée]e?))$"
)
"""What programs write behind a name: that it has no account, pays, or moderates."""
_ROLE = re.compile(rf"(?i){_ROLES}")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u2060\ufeff]")
"""Signs of no width, which two writings of one name may differ by."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBERED = re.compile(r"^\d{1,5}[.)]\s+(?=\D)|\s*\((?:site web|site|website)\)$")
"""« 3. Zoé (site web) », of e-monsite."""
_SAYS = re.compile(r"(?i)\s*\b(?:a écrit|a dit|dit|says|said|wrote)?\s*[:,]+\s*$")
_LEAD = re.compile(
    r"(?i)(?:(?:commentaire|message|réaction) )?(?:posté |écrit |publié )?(?:par|de|by|from)"
    r" ?:? +(?=\S)"
)


class Byline(NamedTuple):
    """A name and a role, each "" when there is none. private: an address was left aside."""

    name: str
    role: str
    private: bool


def byline_of(author: str, role: str, *, led: bool = False) -> Byline:
    """Read what a page shows as the author of a comment, and the role beside it.

    led: the thread's bylines all begin by « par », which is no part of names.

    >>> byline_of("Zoé - Abonnée", "")
    Byline(name='Zoé', role='Abonnée', private=False)
    >>> byline_of("Zoé Staff", "Staff")
    Byline(name='Zoé', role='Staff', private=False)
    >>> byline_of("par Zoé", "", led=True).name, byline_of("Par hasard", "").name
    ('Zoé', 'Par hasard')
    """
    author = _UNSEEN.sub("", author)
    private = _MAIL.search(author) is not None
    if private:
        author = _MAIL.sub("", author).strip(" <>()[]")
    author = _NUMBERED.sub("", _SAYS.sub("", author).strip())
    if led:
        author = without_lead(author)
    mark = _MARK.search(author)
    if mark is not None:
        author = author[: mark.start()]
    elif role and author != role and author.endswith((f" {role}", f"({role})", f"[{role}]")):
        # the badge stands in the element of the name
        author = author.removesuffix(f"({role})").removesuffix(f"[{role}]").removesuffix(role)
    mark_role = next(filter(None, mark.groups()), "") if mark is not None else ""
    return Byline(author.strip(), role or mark_role, private)


def is_role(text: str) -> bool:
    """Return whether a text is what programs write behind a name, and no more.

    >>> is_role("Post author"), is_role("Auteur de l’article"), is_role("Zoé")
    (True, True, False)
    """
    return _ROLE.fullmatch(text) is not None


def is_led(authors: Iterable[str]) -> bool:
    """Return whether each of these bylines begins by « par », or most in small letters.

    The program writes it then.

    >>> is_led(["par Zoé", "par Luc"]), is_led(["Par hasard", "Luc"]), is_led(["De Gaulle"])
    (True, False, False)
    >>> is_led(["par Zoé", "par Luc", "Anonyme"])
    True
    """
    names = [author for author in authors if author]
    several = len(set(names)) > 1 or any(name[0].islower() for name in names)
    small = sum(name.startswith(("par ", "by ")) for name in names)
    return several and (small * 2 > len(names) or all(_LEAD.match(name) for name in names))


def without_lead(author: str) -> str:
    """Return a byline without the « par » that begins it.

    >>> without_lead("par Zoé")
    'Zoé'
    """
    return _LEAD.sub("", author, count=1)
