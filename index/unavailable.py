"""What is raised when an index cannot be used?"""

from __future__ import annotations


class IndexUnavailable(Exception):
    """The index cannot be used; the sentence says why and what the operator can do."""
