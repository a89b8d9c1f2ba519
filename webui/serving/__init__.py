"""How is the application limited, protected and watched while it serves?"""

from webui.serving.answers import Answer, Answers
from webui.serving.early import EarlyPage
from webui.serving.encodings import Request
from webui.serving.metrics import Metrics
from webui.serving.places import Places, Rotation
from webui.serving.rates import Rates, TooOften
from webui.serving.security import DATA_HEADERS, HEADERS
from webui.serving.states import States, state_name
from webui.serving.turns import Busy, TimedReader, TooLong, Turns
