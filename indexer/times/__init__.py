"""When was it, in each of the ways a source writes a time?"""

from indexer.times.capture import NO_CAPTURE, Capture
from indexer.times.clocks import clock
from indexer.times.feeds import entry_time
from indexer.times.french import ShownDate, begins_as_date, is_date, is_edit, read_date, with_edit
from indexer.times.markup import When, machine_time, shown_dates, when
from indexer.times.planning import due, is_far, planned
from indexer.times.rfc3339 import PARIS, has_offset, in_paris, instant, period, regular, written
from indexer.times.tables import Times, month_first

__all__ = [
    "NO_CAPTURE",
    "PARIS",
    "Capture",
    "ShownDate",
    "Times",
    "When",
    "begins_as_date",
    "clock",
    "due",
    "entry_time",
    "has_offset",
    "in_paris",
    "instant",
    "is_date",
    "is_edit",
    "is_far",
    "machine_time",
    "month_first",
    "period",
    "planned",
    "read_date",
    "regular",
    "shown_dates",
    "when",
    "with_edit",
    "written",
]
