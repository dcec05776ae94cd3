"""Tooltips of what people typed: shown as it stands, never read as markup."""

from html import escape

from PySide6.QtGui import Qt


def plain(text: str) -> str:
    """The text for a tooltip, which Qt would else read as HTML where it looks like it.

    A name that came from elsewhere could make it fetch a picture from anybody's computer.
    """
    if not Qt.mightBeRichText(text):
        return text
    return f'<span style="white-space: pre-wrap">{escape(text)}</span>'
