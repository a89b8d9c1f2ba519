"""Which threads do programs of comments export, that hold no article?"""

from indexer.comment_programs.commento import CommentoFormat
from indexer.comment_programs.discourse import DiscourseFormat
from indexer.comment_programs.disqus import DisqusFormat
from indexer.comment_programs.hypothesis import HypothesisFormat
from indexer.comment_programs.isso import IssoFormat, IssoJsonFormat
from indexer.comment_programs.remark42 import Remark42Format
from indexer.comment_programs.staticman import StaticmanFormat
from indexer.comment_programs.ytdlp import YtDlpFormat

__all__ = [
    "CommentoFormat",
    "DiscourseFormat",
    "DisqusFormat",
    "HypothesisFormat",
    "IssoFormat",
    "IssoJsonFormat",
    "Remark42Format",
    "StaticmanFormat",
    "YtDlpFormat",
]
