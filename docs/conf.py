"""How is the documentation built? Run by `make docs`.

French first; the ways in are in English too (`en/`). Pages are Markdown, read by MyST. The
reference is made from the code at each build (`from_code/`); what README, SERVICE.md, FORMAT.md
and other files at the root say is included, not repeated (`root_files.py`).
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

project = "Glose"
author = "Glose"
copyright = "qui a écrit Glose ; GPL-3.0 ou ultérieure"
language = "fr"

extensions = ["myst_parser", "from_code", "french_search", "root_files", "typography"]
exclude_patterns = ["decisions/README.md"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "deflist"]
# as GitHub names them: the same links work in both
myst_heading_anchors = 4

html_theme = "pydata_sphinx_theme"
# pages that have no others beside them
html_sidebars = {"tutoriel/index": [], "en/index": []}
html_title = "Glose"
html_short_title = "Glose"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_show_sphinx = False
html_domain_indices = False
html_use_index = False
html_theme_options = {
    "navbar_end": ["theme-switcher"],
    "header_links_before_dropdown": 6,
    "show_prev_next": True,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "search_bar_text": "Chercher dans la documentation",
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
