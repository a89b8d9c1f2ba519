"""What did a run read and leave aside, and where does each article come from?"""

from indexer.reporting.origins import Origins
from indexer.reporting.provenance import PARTS, WHOLE, inside_of
from indexer.reporting.report import Outcome, Remark, Report, Skipped, plural, shorten

__all__ = [
    "PARTS",
    "WHOLE",
    "Origins",
    "Outcome",
    "Remark",
    "Report",
    "Skipped",
    "inside_of",
    "plural",
    "shorten",
]
