"""Which article and comments are in a page of HTML, saved or crawled?"""

from indexer.html.comments.adapters import Adapter, AdapterError, load_adapters
from indexer.html.html_file import HtmlFormat
from indexer.html.report import HtmlReport
from indexer.html.saved.frames import with_files
from indexer.html.saved.manifest import ManifestFormat
from indexer.html.saved.mhtml import MhtmlFormat
from indexer.html.saved.source import LARGEST_PAGE

__all__ = [
    "LARGEST_PAGE",
    "Adapter",
    "AdapterError",
    "HtmlFormat",
    "HtmlReport",
    "ManifestFormat",
    "MhtmlFormat",
    "load_adapters",
    "with_files",
]
