"""What could a reader be typing?"""

from webui.completing.completions import Completions, complete
from webui.completing.completions_json import completions_json
from webui.completing.word_completions import complete_words
