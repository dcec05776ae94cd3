"""What others run: an endpoint that takes a JSON list and inserts its rows one by one."""

import sys
from base64 import b64decode
from http import HTTPStatus
from typing import Any

import uvicorn
from litestar import Litestar, post
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text, create_engine, insert

metadata = MetaData()
row = Table(
    "plain_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("data", LargeBinary, nullable=False),
)


def make_app(database: str) -> Litestar:
    """One address, one transaction a list, one statement a row; nothing is checked or judged."""
    engine = create_engine(database, pool_size=20)
    metadata.create_all(engine)

    @post("/events", status_code=HTTPStatus.OK, sync_to_thread=True)
    def keep(data: list[dict[str, Any]]) -> dict[str, int]:
        with engine.begin() as connection:
            for event in data:
                said = {key: b64decode(event[key]) for key in ("hash", "data")}
                named = {"subject": event["subject"], "kind": event["kind"]}
                connection.execute(insert(row), named | said)
        return {"kept": len(data)}

    return Litestar([keep], request_max_body_size=2**24, logging_config=None)


if __name__ == "__main__":
    uvicorn.run(make_app(sys.argv[1]), port=int(sys.argv[2]), log_level="error", access_log=False)
