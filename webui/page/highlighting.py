"""How is a text with its marks written in a page?

Built here rather than in a template: a page of results has some two hundred pieces of marked text.
Every text goes through `escape`, so that one that holds markup, `<mark>` included, comes out as
text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from index.results import Snippet, Span
from webui.addresses import Parts
from webui.locale import Tongue, unbroken
from webui.page.marking import Bit, Hit, Line, Page, line, pieces


def marked(text: str, marks: Iterable[Span]) -> Markup:
    """
    >>> marked("l’IA <3", [(2, 4)])
    Markup('l’<mark>IA</mark> &lt;3')
    """
    return _html(_bits(pieces(text, marks)))


def together(snippet: Snippet) -> Markup:
    """A snippet: stray words are paler where the whole question is met beside them.

    >>> from index.results import Occurrence
    >>> marks, whole_match = ((0, 3), (7, 12)), (Occurrence(0, 12, True),)
    >>> together(Snippet("mot de passe", marks, occurrences=whole_match))
    Markup('<span class="hit"><mark>mot</mark> de <mark>passe</mark></span>')
    """
    whole_match = any(occurrence.whole for occurrence in snippet.occurrences)
    html = []
    for bits, hit in line(unbroken(snippet.text), snippet.marks, snippet.occurrences).places:
        stray = hit is not None and whole_match and not hit.whole
        if hit is not None and len(bits) > 1:
            html.append(f'<span class="hit{_STRAY if stray else ""}">{_bits(bits)}</span>')
        elif stray:
            html.append(f'<mark class="stray">{escape(bits[0].text)}</mark>')
        else:
            html.append(_bits(bits))
    return _html("".join(html))


@dataclass(frozen=True)
class Numbering:
    """How the lines of an article are written: each occurrence leads to its neighbours."""

    page: Page
    parts: Parts
    tongue: Tongue

    def __call__(self, line: Line) -> Markup:
        return _html(
            "".join(
                _bits(bits) if hit is None else self._occurrence(bits, hit)
                for bits, hit in line.places
            )
        )

    def _occurrence(self, bits: list[Bit], hit: Hit) -> str:
        is_single = len(bits) == 1
        tag = "mark" if is_single else "span"
        stray = _STRAY if self._stray(hit) else ""
        number = f' id="occ-{hit.number}"' if hit.number else ""
        # where a link from the part after this one leads
        last = '<span id="occ-end"></span>' if hit.number and hit.number == self.page.last else ""
        words = escape(bits[0].text) if is_single else _bits(bits)
        turns = self._turns(hit) if hit.number else ""
        return f'<{tag} class="hit{stray}"{number}>{last}{words}</{tag}>{turns}'

    def _turns(self, hit: Hit) -> str:
        """To its neighbours of the same sort, those of other parts included."""
        stray, say, page = self._stray(hit), self.tongue, self.page
        first, last = (page.whole, page.total) if stray else (0, page.last)
        before = f"#occ-{hit.number - 1}" if hit.number - 1 > first else self.parts.previous_match
        after = f"#occ-{hit.number + 1}" if hit.number < last else self.parts.next_match
        key = "stray_of" if stray else "occurrence_of"
        place = say(key, n=hit.number - first, total=last - first)
        return (
            f'<span class="turns">{self._turn(before, "occurrence_previous", "‹")}'
            f"<span>{escape(place)}</span>{self._turn(after, 'occurrence_next', '›')}</span>"
        )

    def _turn(self, href: str | None, key: str, sign: str) -> str:
        if not href:
            return ""
        return f'<a href="{escape(href)}" aria-label="{escape(self.tongue(key))}">{sign}</a>'

    def _stray(self, hit: Hit) -> bool:
        return bool(self.page.whole) and not hit.whole


_STRAY = " stray"


def _bits(bits: Iterable[Bit]) -> str:
    return "".join(
        f"<mark>{escape(text)}</mark>" if in_mark else escape(text) for text, in_mark in bits
    )


def _html(escaped: str) -> Markup:
    return Markup(escaped)
