"""Which lines of text are in some bytes, and which of them did nobody write?"""

from indexer.text.decoding import WESTERN, decode
from indexer.text.furniture import INCLUSIVE_ENDING, is_paywall
from indexer.text.mending import mended
from indexer.text.page_lines import Line, NotText, decode_plain, fold, key, letters, lines

__all__ = [
    "INCLUSIVE_ENDING",
    "WESTERN",
    "Line",
    "NotText",
    "decode",
    "decode_plain",
    "fold",
    "is_paywall",
    "key",
    "letters",
    "lines",
    "mended",
]
