"""Which answers were given lately, and are still true?

An answer is known by what its ETag is made of, the state of the index included, so that it never
grows old: what a browser may keep, the service may. Bounded in bytes, the least lately asked for
goes first.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

# One larger than this share of the whole is not kept: it would put too many others out.
_SHARE = 16


@dataclass(frozen=True, slots=True)
class Answer:
    """A body that was sent, with its headers."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


class Answers:
    """So many bytes of answers.

    >>> answers = Answers(64)
    >>> answers.put("a", Answer(b"abcd", ()))
    >>> answers.get("a").body, answers.get("b")
    (b'abcd', None)
    >>> answers.put("b", Answer(bytes(5), ()))
    >>> answers.get("b")
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def get(self, key: str) -> Answer | None:
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def put(self, key: str, answer: Answer) -> None:
        if len(answer.body) > self._most // _SHARE:
            return
        with self._lock:
            before = self._answers.pop(key, None)
            self._bytes += len(answer.body) - (len(before.body) if before else 0)
            self._answers[key] = answer
            while self._bytes > self._most:
                _, oldest = self._answers.popitem(last=False)
                self._bytes -= len(oldest.body)
