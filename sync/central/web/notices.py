"""What a channel asks of the offers and applications that it brought."""

from typing import Annotated

from msgspec import Meta, Struct

from sync.central.database import reading
from sync.central.programme import notices
from sync.central.programme.notices import Notices
from sync.central.web.asking import Asked, asks
from sync.wire import Scope


class Behind(Struct, frozen=True):
    """Behind which position."""

    after: Annotated[int, Meta(ge=0, le=2**62)] = 0


@asks("GET", "/notices", where=Behind, answers=Notices, scopes=(Scope.NOTICES,))
def told(asked: Asked[None, Behind]) -> Notices:
    """Say what became of what this program brought, behind a position."""
    with reading(asked.engine) as connection:
        return notices.after(connection, asked.caller.name, asked.where.after)


QUESTIONS = (told,)
