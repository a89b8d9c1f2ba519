"""What answers a question, in which order, and what is shown of it?"""

from index.answering.background import passages_by_period
from index.answering.facets import FACETS, Period
from index.answering.filters import Filters, Where
from index.answering.first_passages import first_passages, question_tree
from index.answering.listing import Values, values
from index.answering.looking import KnownWords, known_words, understood
from index.answering.matching import marks
from index.answering.searching import search
from index.answering.threads import Ask, Show, Thread, ThreadOrder, thread
from index.answering.written_words import as_written, name_as_written
from index.engines.index_state import state
