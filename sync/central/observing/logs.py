"""The log: one JSON line each, on standard error. Never what an event or a row says.

No body, no token, no code and no key is ever given to it, and of a mistake of the program only
where it happened: an error's own words may quote what somebody wrote.
"""

import logging
import sys
import traceback
from typing import Any

import structlog

from sync.central.observing.noting import Noted

NAME = "sync.central"


def begin() -> None:
    """Let everything that is logged in this process come out as JSON lines."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _where_only,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


def _where_only(_: Any, __: str, said: dict[str, Any]) -> dict[str, Any]:
    """In place of a traceback: what kind of error and which lines, without its words."""
    info = said.pop("exc_info", None)
    record = said.get("_record")
    if record is not None and record.exc_info:
        info, record.exc_info, record.exc_text = record.exc_info, None, None
    error = info if isinstance(info, BaseException) else info[1] if info else None
    if error is not None:
        said["error"] = type(error).__name__
        said["where"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return said


def asked(noted: Noted, method: str, status: int, took_s: float, *, failed: bool) -> None:
    """One question and how it was answered."""
    known = {
        "code": noted.code,
        "station": noted.station,
        "chain": noted.chain,
        "program": noted.program,
    }
    log = structlog.get_logger(NAME)
    say = log.error if failed else log.info
    say(
        "asked",
        question=noted.question,
        method=method,
        status=status,
        ms=round(took_s * 1000, 1),
        request_id=noted.request_id,
        **{name: value for name, value in known.items() if value is not None},
        **noted.said,
    )


def mistake(error: Exception) -> None:
    """A mistake of the program."""
    structlog.get_logger(NAME).error("a mistake of the program", exc_info=error)
