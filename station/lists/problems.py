"""Why a file is no list we can read; `code` names it, and nothing of it was kept."""


class UnreadableList(Exception):
    """The file is no list of devices."""

    code = "unreadable_list"


class ListTooLarge(UnreadableList):
    """More bytes, rows or unpacked data than a list has."""

    code = "list_too_large"


class OldExcelFile(UnreadableList):
    """An .xls file of the years before 2007."""

    code = "old_excel_file"


class OtherOfficeFile(UnreadableList):
    """An OpenDocument table, a Word file, a PDF."""

    code = "other_office_file"


class LockedList(UnreadableList):
    """It opens with a password only."""

    code = "locked_list"


class UnknownEncoding(UnreadableList):
    """Its letters are in no encoding that we know."""

    code = "unknown_encoding"


class EmptyList(UnreadableList):
    """Nothing stands in it."""

    code = "empty_list"
