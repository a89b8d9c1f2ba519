"""Which pieces of HTML did their writer hide from those who read?

`hidden`, and styles that show nothing; but not what a click unfolds, which its names say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.markup.tags import Tag

_HIDING = re.compile(
    r"(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden"
    r"|(?:left|right|top|text-indent)\s*:\s*-\d{4,}(?:\.\d+)?(?:px|em|rem)?)\s*(?:!important\s*)?(?:;|$)"
)
_QUOTED = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_HIDDEN = re.compile(r"(?i)(?:^|\s)hidden(?=\s|/|$|=\s*+(?!until-found))")
_UNFOLDED = re.compile(
    r"(?i)accord|tab|panel|collaps|toggl|faq|answer|spoiler|slide|swip|expand|more|suite|depli"
)
"""What a click shows is there to be read."""
_VOID_NAMES = "area base br col embed hr img input link meta source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
_ENDS_PARAGRAPH_NAMES = (
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6"
    " header hr main nav ol p pre section table ul"
)
_ENDS_PARAGRAPH = frozenset(_ENDS_PARAGRAPH_NAMES.split())


def style_hides(declarations: str) -> bool:
    """Return whether declarations of CSS show nothing, or show it beside every screen.

    >>> style_hides("color: red; display: none"), style_hides("text-indent:-9999px")
    (True, True)
    """
    return _HIDING.search(declarations) is not None


def names_unfold(names: str) -> bool:
    """Return whether the classes and the id of an element say that a click shows it."""
    return _UNFOLDED.search(names) is not None


def is_hidden(tag: Tag) -> bool:
    """Return whether an element that begins so is shown to nobody.

    >>> is_hidden(Tag("p", False, ' style="display:none"')), is_hidden(Tag("p", False, " hidden"))
    (True, True)
    >>> is_hidden(Tag("div", False, ' id="suite" style="display:none"'))
    False
    """
    attributes = tag.attributes.lower()
    if "hidden" not in attributes and "style" not in attributes:
        return False
    if tag.closing or tag.name in _VOID:
        return False
    if names_unfold(f"{tag.get('class')} {tag.get('id')}"):
        return False
    if style_hides(tag.get("style")):
        return True
    return _HIDDEN.search(_QUOTED.sub(_without_value, tag.attributes)) is not None


def _without_value(value: re.Match[str]) -> str:
    """Nothing of a value but that a browser may find what is in it."""
    return "=until-found" if "until-found" in value[0].lower() else "=x"


def without_hidden(following: Iterator[str | Tag]) -> Iterator[str | Tag]:
    """The same texts and tags, without the elements that are hidden; one never closed is shown.

    >>> from indexer.markup.tags import tokens
    >>> html = "a<p hidden>b<b>c</b></p><p>d</p><i style='display: none'>e"
    >>> "".join(token for token in without_hidden(tokens(html)) if isinstance(token, str))
    'ade'
    """
    again: Tag | None = None
    while (token := again or next(following, None)) is not None:
        again = None
        if isinstance(token, str) or not is_hidden(token):
            yield token
            continue
        tokens_inside: list[str | Tag] = [token]
        depth = 1
        for inner in following:
            if isinstance(inner, Tag):
                if token.name == "p" and not inner.closing and inner.name in _ENDS_PARAGRAPH:
                    # an end that may be left out
                    again = inner
                    break
                if inner.name == token.name:
                    depth += -1 if inner.closing else 1
                if not depth:
                    break
            tokens_inside.append(inner)
        else:
            yield from tokens_inside
