"""How do WordPress's own ways of writing texts read?

What its database holds is not what its pages show: a newline is a break unless the post is
made of blocks, and `[shortcodes]` call pieces of program.
"""

from __future__ import annotations

import re

from indexer.article import Section
from indexer.markup.html_text import sections

_BLOCK = "<!-- wp:"
_CODE = re.compile(
    r"\[(?P<twice>\[)?(?P<end>/?)(?P<name>[a-z][a-z0-9_-]{0,60})"
    r"(?P<rest>(?:\s[^\[\]]{0,4000})?)\](?(twice)\])"
)
_ATTRIBUTES = re.compile(r"\s[\w-]+\s{0,9}=|/$")
_NOTE = re.compile(
    r"\s{0,9}\[(?P<name>ref|footnote|mfn|efn_note|fn)(?:\s[^\[\]]{0,400})?\]"
    r"(?P<note>(?:(?!\[/?(?P=name)\b).){0,4000})\[/(?P=name)\]",
    re.DOTALL,
)
"""Notes as plugins write them: Simple Footnotes, Easy Footnotes, Modern Footnotes and others."""
_CODES_ALONE = re.compile(
    r"<!-- wp:shortcode -->\s*(?:\[[^\[\]]{1,4000}\]\s*){1,20}<!-- /wp:shortcode -->"
)
"""What the block says to be shortcodes, known or not: `[newsletter]`."""
_CAPTION = re.compile(
    r"\[(?:wp_)?caption\s[^\[\]]{0,1000}?\bcaption=(?P<mark>[\"'])(?P<text>[^\[\]]{1,2000}?)(?P=mark)"
    r"[^\[\]]{0,400}\]"
)
"""A caption as WordPress wrote it before 3.4, among the attributes."""
_ALONE = frozenset(
    (
        "audio",
        "caption",
        "contact-form",
        "embed",
        "gallery",
        "playlist",
        "slideshow",
        "toc",
        "video",
    )
)
"""Codes that are written without attributes."""


def body(html: str) -> tuple[Section, ...]:
    """The sections of a post, from what the database holds.

    >>> [section.text for section in body("Un.\\n\\nDeux [gallery ids='1,2']\\ntrois [sic].")]
    ['Un.\\nDeux\\ntrois [sic].']
    >>> [section.text for section in body("[caption id='1']Le quai[/caption]Un.")]
    ['Le quai\\nUn.']
    >>> [section.text for section in body("En 2019[ref]Le rapport.[/ref], dit-il.")]
    ['En 2019, dit-il.\\nLe rapport.']
    """
    # WordPress shows a caption as a figure, whatever follows it
    text = _CODES_ALONE.sub("", html).replace("[/caption]", "[/caption]\n\n")
    text = _CAPTION.sub(r"\g<0> \g<text>", text).replace("<!--nextpage-->", "<hr>")
    text = _with_titles(_with_notes_below(text))
    return sections(without_codes(text), breaks=_BLOCK not in html)


def shown(html: str) -> tuple[Section, ...]:
    """The sections of a post, from what its page shows: a newline there is a space.

    >>> [section.text for section in shown("<p>Un\\ndeux [vieux_module id='3'].</p>")]
    ['Un deux .']
    """
    return sections(without_codes(html))


def _with_notes_below(html: str) -> str:
    """A text with what its notes say at its end, lest they stick to the words that call them."""
    if "[/" not in html:
        return html
    notes = "".join(f"<li>{match['note']}</li>" for match in _NOTE.finditer(html))
    return f"{_NOTE.sub('', html)}\n\n<ol>{notes}</ol>" if notes else html


_TITLED = re.compile(
    r"\[[a-z][a-z0-9_-]{0,60}(?:toggle|accord|tab|spoiler|blurb|section|collaps|faq|question|panel"
    r"|item|slide|expand)[a-z0-9_-]{0,40}\s(?:[^\[\]]{0,2000}\s)?(?:title|heading)="
    r"(?P<quote>[\"'])(?P<title>[^\[\]]{1,400}?)(?P=quote)[^\[\]]{0,2000}\]"
    r"|\[(?:toggle|accordion|tab|spoiler|collapse|faq|panel|item|slide|expand)"
    r"\s(?:[^\[\]]{0,2000}\s)?(?:title|heading)="
    r"(?P<mark>[\"'])(?P<name>[^\[\]]{1,400}?)(?P=mark)[^\[\]]{0,2000}\]"
)
"""Codes whose title the page shows: Divi's toggles, WPBakery's tabs, Shortcodes Ultimate's."""


def _with_titles(html: str) -> str:
    """A text with the titles of what unfolds as lines of it."""
    if "[" not in html:
        return html
    return _TITLED.sub(
        lambda match: f"{match[0]}\n\n<p>{match['title'] or match['name']}</p>\n\n", html
    )


def without_codes(text: str) -> str:
    """A text without the marks of its shortcodes; what is between two marks stays.

    A word in square brackets is a shortcode when it has attributes, or a closing mark, or a
    name with `_`, or one known to go without: [sic] and [1] are words. As in WordPress, one
    written [[twice]] is shown as it is.

    >>> without_codes('[caption id="a"]Une photo[/caption] [sic] [[gallery]] [vc_row]Oui[/vc_row]')
    'Une photo [sic] [gallery] Oui'
    """
    if "[" not in text:
        return text
    closed = {match["name"] for match in _CODE.finditer(text) if match["end"]}

    def shown(match: re.Match[str]) -> str:
        if match["twice"]:
            return match[0][1:-1]
        name = match["name"]
        code = name in closed or name in _ALONE or "_" in name
        return "" if code or _ATTRIBUTES.search(match["rest"]) else match[0]

    return _CODE.sub(shown, text)
