"""Qt's own words through our catalog: Qt ships no Vietnamese of its own."""

from PySide6.QtCore import QObject, QTranslator
from typing_extensions import override

from station.words import _c


class QtWords(QTranslator):
    """Translates what Qt itself says in this app's windows; what it does not know stays English."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known = _buttons() | _editing() | _scrolling() | _choosing_a_file()

    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return self._known.get(sourceText, sourceText)


def _buttons() -> dict[str, str]:
    return {
        "OK": _c("Qt", "OK"),
        "Cancel": _c("Qt", "Cancel"),
        "&Yes": _c("Qt", "&Yes"),
        "&No": _c("Qt", "&No"),
        "Close": _c("Qt", "Close"),
        "Open": _c("Qt", "Open"),
        "&Open": _c("Qt", "&Open"),
    }


def _editing() -> dict[str, str]:
    return {
        "&Undo": _c("Qt", "&Undo"),
        "&Redo": _c("Qt", "&Redo"),
        "Cu&t": _c("Qt", "Cu&t"),
        "&Copy": _c("Qt", "&Copy"),
        "&Paste": _c("Qt", "&Paste"),
        "Delete": _c("Qt", "Delete"),
        "Select All": _c("Qt", "Select All"),
        "&Select All": _c("Qt", "&Select All"),
        "&Step up": _c("Qt", "&Step up"),
        "Step &down": _c("Qt", "Step &down"),
    }


def _scrolling() -> dict[str, str]:
    return {
        "Scroll here": _c("Qt", "Scroll here"),
        "Top": _c("Qt", "Top"),
        "Bottom": _c("Qt", "Bottom"),
        "Left edge": _c("Qt", "Left edge"),
        "Right edge": _c("Qt", "Right edge"),
        "Page up": _c("Qt", "Page up"),
        "Page down": _c("Qt", "Page down"),
        "Page left": _c("Qt", "Page left"),
        "Page right": _c("Qt", "Page right"),
        "Scroll up": _c("Qt", "Scroll up"),
        "Scroll down": _c("Qt", "Scroll down"),
        "Scroll left": _c("Qt", "Scroll left"),
        "Scroll right": _c("Qt", "Scroll right"),
        "Scroll Left": _c("Qt", "Scroll Left"),  # the arrows beside tabs
        "Scroll Right": _c("Qt", "Scroll Right"),
        "Close Tab": _c("Qt", "Close Tab"),
    }


def _choosing_a_file() -> dict[str, str]:
    """Qt's own file dialog; Windows brings its own, in its own language."""
    return {
        "&Look in:": _c("Qt", "&Look in:"),
        "Look in:": _c("Qt", "Look in:"),
        "File &name:": _c("Qt", "File &name:"),
        "Files of &type:": _c("Qt", "Files of &type:"),
        "Files of type:": _c("Qt", "Files of type:"),
        "&New Folder": _c("Qt", "&New Folder"),
        "New Folder": _c("Qt", "New Folder"),
        "&Delete": _c("Qt", "&Delete"),
        "&Rename": _c("Qt", "&Rename"),
        "&Choose": _c("Qt", "&Choose"),
        "&Save": _c("Qt", "&Save"),
        "Save As": _c("Qt", "Save As"),
        "%1 already exists.\nDo you want to replace it?": _c(
            "Qt", "%1 already exists.\nDo you want to replace it?"
        ),
        "All Files (*)": _c("Qt", "All Files (*)"),
        "Back": _c("Qt", "Back"),
        "Forward": _c("Qt", "Forward"),
        "Go back": _c("Qt", "Go back"),
        "Go forward": _c("Qt", "Go forward"),
        "Parent Directory": _c("Qt", "Parent Directory"),
        "Go to the parent directory": _c("Qt", "Go to the parent directory"),
        "Create New Folder": _c("Qt", "Create New Folder"),
        "Create a New Folder": _c("Qt", "Create a New Folder"),
        "List View": _c("Qt", "List View"),
        "Change to list view mode": _c("Qt", "Change to list view mode"),
        "Detail View": _c("Qt", "Detail View"),
        "Change to detail view mode": _c("Qt", "Change to detail view mode"),
        "Sidebar": _c("Qt", "Sidebar"),
        "List of places and bookmarks": _c("Qt", "List of places and bookmarks"),
        "Files": _c("Qt", "Files"),
        "Show &hidden files": _c("Qt", "Show &hidden files"),
        "Show ": _c("Qt", "Show "),
        "Computer": _c("Qt", "Computer"),
        "Drive": _c("Qt", "Drive"),
        "Folder": _c("Qt", "Folder"),
        "File": _c("Qt", "File"),
        "Name": _c("Qt", "Name"),
        "Size": _c("Qt", "Size"),
        "Type": _c("Qt", "Type"),
        "Date Modified": _c("Qt", "Date Modified"),
        "%1 byte(s)": _c("Qt", "%1 byte(s)"),
        "%1 bytes": _c("Qt", "%1 bytes"),
        "Directory:": _c("Qt", "Directory:"),
        "Directories": _c("Qt", "Directories"),
        "%1\nDirectory not found.\nPlease verify the correct directory name was given.": _c(
            "Qt", "%1\nDirectory not found.\nPlease verify the correct directory name was given."
        ),
        "%1\nFile not found.\nPlease verify the correct file name was given.": _c(
            "Qt", "%1\nFile not found.\nPlease verify the correct file name was given."
        ),
    }
