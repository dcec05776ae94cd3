"""A process that opens print jobs and keeps them open."""

import sys
from pathlib import Path

from labels.queue.print_queue import PrintQueue

if __name__ == "__main__":
    queue = PrintQueue(Path(sys.argv[1]))
    sys.stdout.write("open\n")
    sys.stdout.flush()
    sys.stdin.read()
