"""How do records enter an index, and what must stay out of it?"""

from index.writing.engine_entries import entries
from index.writing.erasing import Count
from index.writing.forgotten import Forgotten
from index.writing.phrases import RUN, Finder, Run, quote_run, runs, whole_runs, words
from index.writing.reading import uninterrupted
from index.writing.writing import BATCH, State, WriteReport, dump_as, remove, write
