"""Which server runs the application, and what may a connection cost it?"""

from webui.server.processes import Size, run
