"""Which notes does a WordPress post keep beside its text?

Since 6.3 the editor keeps notes in the post's `footnotes` meta, a JSON list of `content` and
`id`; the text holds their calls, and the block `<!-- wp:footnotes /-->` shows them.
"""

from __future__ import annotations

import json

from indexer.wordpress.builders import Metas


def with_notes(content: str, metas: Metas) -> str:
    """The text of a post, with the notes of its meta at its end.

    >>> metas = [("footnotes", '[{"content": "Une note.", "id": "a"}]')]
    >>> with_notes("<!-- wp:paragraph --><p>Un.</p>", metas)
    '<!-- wp:paragraph --><p>Un.</p>\\n\\n<ol><li>Une note.</li></ol>'
    """
    notes = "".join(f"<li>{note}</li>" for note in _notes(metas))
    return f"{content}\n\n<ol>{notes}</ol>" if notes else content


def _notes(metas: Metas) -> list[str]:
    for key, text in metas:
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
