"""The service's tables can be spread over many machines: each key says whose the rows are."""

from sqlalchemy import Table

from sync.central.tables import OF_THE_WHOLE_SERVICE, metadata

SPREAD_BY = {"station", "code"}  # a point, and so each chain of it; or a device's or case's code


def keys(table: Table) -> list[tuple[str, list[str]]]:
    """The primary key and every unique one."""
    unique = [
        (index.name or "?", [column.name for column in index.columns])
        for index in table.indexes
        if index.unique
    ]
    return [("primary", [column.name for column in table.primary_key.columns]), *unique]


def test_every_key_begins_with_a_point_or_a_code() -> None:
    others = [
        f"{table.name}.{name}: {columns}"
        for table in metadata.sorted_tables
        if table not in OF_THE_WHOLE_SERVICE
        for name, columns in keys(table)
        if columns[0] not in SPREAD_BY
    ]

    assert others == []


def test_what_is_of_the_whole_service_is_two_small_tables() -> None:
    assert {table.name for table in OF_THE_WHOLE_SERVICE} == {"verdict_count", "service_secret"}


def test_no_table_refers_to_rows_that_may_lie_elsewhere() -> None:
    assert [table.name for table in metadata.sorted_tables if table.foreign_keys] == []
