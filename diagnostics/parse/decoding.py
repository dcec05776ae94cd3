"""Bytes of a text tool as text. What is far longer than any machine's output is not read."""

from diagnostics.endings import UnreadableReport

LARGEST = 4 * 1024 * 1024  # the largest real outputs, of servers, have half a megabyte


def text_of(data: bytes) -> str:
    """The text; bytes that are no UTF-8 become U+FFFD, which no fact may hold."""
    if len(data) > LARGEST:
        raise UnreadableReport("the file is longer than this tool's output ever is")
    return data.decode("utf-8", "replace")
