"""What does an address ask for, and where does each thing live?"""

from webui.addresses.choices import Choice
from webui.addresses.days import Day
from webui.addresses.following import Following
from webui.addresses.links import Face, Links, absolute, original, outside
from webui.addresses.narrowing import PERIODS, STATED, Narrowing, narrowed, widened
from webui.addresses.parameter_kinds import Parameter
from webui.addresses.parameters import (
    ARTICLE,
    DRAWING,
    FACETS,
    LISTING,
    ORDERS,
    PARAMETERS,
    PLACES,
    QUESTION,
    TURNED,
    BadParameter,
    Facet,
    SearchParams,
    UnknownParameter,
    filled_in,
    passed_over,
    read,
)
from webui.addresses.parts import Parts
