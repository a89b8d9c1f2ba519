"""Which values and periods narrow a question, and how many answers has each?"""

from webui.facets.panels import VALUES_ON_A_PAGE, FacetChoices, FacetPanel, ValuesPage, removals
from webui.facets.timelines import BARS_IN_LARGE, Bar, Timeline, periods, timeline_json, timeline_of
