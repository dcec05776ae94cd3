"""What a coded id looks like: a word of `resources/`, never of a person."""

from typing import Annotated

from msgspec import Meta

CodedId = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}\Z")]
CodedIdOrNone = Annotated[str, Meta(pattern=r"^([a-z0-9][a-z0-9._-]{0,63})?\Z")]  # "" = none
