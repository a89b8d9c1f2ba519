"""Where are the samples, corpora and judgements that are beside the project and not in it?"""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("GLOSE_SHARED", Path(__file__).parents[2] / "shared"))
