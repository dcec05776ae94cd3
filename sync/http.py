"""httpx without its command line, which brings rich and pygments wherever they are installed.

That is 10 MB and a fifth of a second of an old PC, for something nobody here calls.
"""

import sys

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None: it is not imported

import httpx  # noqa: E402 -- after the line above

__all__ = ["httpx"]
