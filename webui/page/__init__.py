"""What does a page show, and with which marks?"""

from webui.page import syntax
from webui.page.example_questions import examples
from webui.page.highlighting import Numbering, marked, together
from webui.page.marking import NAME, lead_kind, named, numbered
from webui.page.result_pages import ResultsPage, TimelinePage
from webui.page.sites import site_names
from webui.page.template_context import Context
