"""Which notes does a WordPress post keep beside its text?

Since 6.3 the editor keeps notes in the post's `footnotes` meta, a JSON list of `content` and
`id`; the text holds their calls, and the block `<!-- wp:footnotes /-->` shows them.
"""

from __future__ import annotations

import json

from lxml import etree

from indexer.wordpress.builders import post_metas


def with_notes(content: str, item: etree._Element) -> str:
    """The text of an exported post, with the notes of its meta at its end.

    >>> item = etree.fromstring('<item><postmeta><meta_key>footnotes</meta_key><meta_value>'
    ...     '[{"content": "Une note.", "id": "a"}]</meta_value></postmeta></item>')
    >>> with_notes("<!-- wp:paragraph --><p>Un.</p>", item)
    '<!-- wp:paragraph --><p>Un.</p>\\n\\n<ol><li>Une note.</li></ol>'
    """
    notes = "".join(f"<li>{note}</li>" for note in _notes(item))
    return f"{content}\n\n<ol>{notes}</ol>" if notes else content


def _notes(item: etree._Element) -> list[str]:
    for key, text in post_metas(item):
        if key != "footnotes":
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            continue
        listed = value if isinstance(value, list) else []
        notes = [note.get("content") for note in listed if isinstance(note, dict)]
        return [note for note in notes if isinstance(note, str) and note.strip()]
    return []
