"""What did a run read and leave aside, and where does each article come from?"""

from indexer.reporting.left_aside import LeftAside
from indexer.reporting.origins import Origins
from indexer.reporting.provenance import PARTS, WHOLE, inside_of
from indexer.reporting.ranks import Rank, declare, rank
from indexer.reporting.report import (
    Outcome,
    Remark,
    Report,
    Skipped,
    WithheldArticle,
    plural,
    shorten,
)
from indexer.reporting.sentences import Sentences

__all__ = [
    "PARTS",
    "WHOLE",
    "LeftAside",
    "Origins",
    "Outcome",
    "Rank",
    "Remark",
    "Report",
    "Sentences",
    "Skipped",
    "WithheldArticle",
    "declare",
    "inside_of",
    "plural",
    "rank",
    "shorten",
]
