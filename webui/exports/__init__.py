"""How are all the answers of a question written, as a table or a feed?"""

from webui.exports import tables
from webui.exports.feed import FEED, atom
from webui.exports.walking import TYPES, Lines, Pages, walk
