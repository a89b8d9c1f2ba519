"""Which text of a WordPress post is in a page builder's meta, and not in the post?

Elementor keeps its page in the post's `_elementor_data` meta, a JSON tree of sections, columns
and widgets (Elementor 2 and 3), and the post itself may be empty. What other builders keep is
PHP's own serialisation, which is not read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

Metas = Sequence[tuple[str, str]]
"""The keys and values of a post's meta, in their order."""
_ELEMENTOR = "_elementor_data"
OF_TEXT = (_ELEMENTOR, "footnotes", "_bbp_reply_to", "_bbp_anonymous_name")
"""The keys of what is read."""
_UNREAD_BUILDERS = frozenset(
    (
        *("_fl_builder_data", "_bricks_page_content_2", "ct_builder_shortcodes", "panels_data"),
        *("_themify_builder_settings_json", "_breakdance_data", "brizy", "tve_updated_post"),
    )
)
"""Beaver Builder, Bricks, Oxygen, SiteOrigin, Themify, Breakdance, Brizy, Thrive."""
_TITLES = (
    "title",
    "title_text",
    "tab_title",
    "item_title",
    "heading",
    "alert_title",
    "title_inner",
)
_TEXTS = (
    *("editor", "text", "description", "description_text", "tab_content", "item_content", "html"),
    *("testimonial_content", "testimonial_name", "blockquote_content", "caption", "inner_text"),
    *("alert_description", "content", "question", "answer", "title_text_a", "description_text_a"),
)
_LISTS = ("tabs", "icon_list", "slides", "items", "price_list", "features_list", "carousel")
_MOST = 200_000
"""Elements of one page."""


def builder_html(metas: Metas) -> str:
    """The text that Elementor shows for a post; "" when it has none.

    >>> data = '[{"elements": [{"widgetType": "heading", "settings": {"title": "Le bac"}},'
    >>> data += '{"widgetType": "text-editor", "settings": {"editor": "<p>Un.</p>"}}]}]'
    >>> builder_html([("_elementor_data", data)])
    '<h2>Le bac</h2><p>Un.</p>'
    """
    for key, value in metas:
        if key == _ELEMENTOR and value.strip():
            try:
                return "".join(_pieces(json.loads(value)))
            except (ValueError, RecursionError):
                return ""
    return ""


def is_builder(key: str) -> bool:
    """Whether a meta of this key is a builder's, read or not."""
    return key == _ELEMENTOR or key in _UNREAD_BUILDERS


def is_built_elsewhere(metas: Metas) -> bool:
    """Whether a builder holds a text for a post, of those that are read and those that are not."""
    return any(is_builder(key) and value.strip() not in ("", "[]") for key, value in metas)


def _pieces(tree: Any) -> Iterator[str]:
    waiting = [tree]
    for _ in range(_MOST):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            settings = node.get("settings")
            if isinstance(settings, dict):
                yield from _widget_texts(settings, str(node.get("widgetType") or ""))
            waiting.append(node.get("elements"))


def _widget_texts(settings: dict[str, Any], widget: str) -> Iterator[str]:
    """What a widget, or one of its items, shows: its title, its texts, its items."""
    if widget in ("button", "menu-anchor", "shortcode", "form", "nav-menu", "share-buttons"):
        return
    for name in _TITLES:
        if title := _text(settings.get(name)):
            size = settings.get("header_size")
            tag = size if widget == "heading" and size in _HEADINGS else "h2"
            yield f"<{tag}>{title}</{tag}>" if widget == "heading" else f"<p>{title}</p>"
    for name in _TEXTS:
        if text := _text(settings.get(name)):
            yield text if "<p" in text or "<div" in text else f"<p>{text}</p>"
    for name in _LISTS:
        items = settings.get(name)
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict):
                yield from _widget_texts({n: v for n, v in item.items() if n not in _LISTS}, "")


_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "p")


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        return ""
    return value.strip() if "<" in value or "&" in value else escape(value.strip(), quote=False)
