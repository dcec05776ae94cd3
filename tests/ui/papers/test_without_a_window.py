"""Papers are described without a window: a thread, a command or another program may ask."""

import json
import subprocess
import sys

LOADED = """
import json, sys
import ui.papers.describing, ui.papers.labels, ui.papers.making, ui.papers.offers
print(json.dumps([name for name in sys.modules]))
"""


def test_describing_papers_loads_no_qt_and_draws_nothing() -> None:
    ran = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)

    loaded = {name.partition(".")[0] for name in json.loads(ran.stdout)}
    assert not loaded & {"PySide6", "reportlab", "segno", "zxingcpp", "PIL", "sqlalchemy"}
