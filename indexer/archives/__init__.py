"""Which files or pages are in an archive (zip, tar, WARC, ARC, WACZ)?"""

from indexer.archives.archive import ArchiveFormat
from indexer.archives.warc import WarcFormat

__all__ = [
    "ArchiveFormat",
    "WarcFormat",
]
