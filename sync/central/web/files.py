"""Files in chunks: released ones as they are, scans sealed for the session."""

from typing import Annotated

from msgspec import Meta, Struct, structs

from sync import wire
from sync.central.access.callers import Caller
from sync.central.feeds import files
from sync.central.feeds.files import File
from sync.central.problems import refused
from sync.central.web.asking import Asked, asks
from sync.central.web.people import session_seal
from sync.sealing import OVERHEAD, WrongSeal, chunk_label
from sync.wire import AttachmentAnnounced, AttachmentPiece, AttachmentState, Scope

LARGEST_CHUNK = wire.MAX_CHUNK + OVERHEAD
SMALL = 4_096
RELEASED, SCAN = "/attachments/{hash}", "/people/scans/{hash}"
ANNOUNCING = ("not_released", "wrong_size", "purged", "too_many_unfinished")
PUTTING = ("unknown_file", "purged", "wrong_offset", "wrong_size", "wrong_digest")


class OfFile(Struct, frozen=True):
    """Which file, by the SHA-256 of its bytes; no name of a file is ever asked for."""

    hash: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class OfChunk(OfFile, frozen=True):
    """Which file, and where in it."""

    offset: Annotated[int, Meta(ge=0, le=wire.MAX_ATTACHMENT)] = 0


def _file(caller: Caller, where: OfFile, *, personal: bool) -> File:
    if caller.is_program:
        raise refused("wrong_scope")
    return File(caller.station, bytes.fromhex(where.hash), personal)


# ---- released files ----


@asks(
    "POST",
    RELEASED,
    reads=AttachmentAnnounced,
    answers=AttachmentState,
    where=OfFile,
    scopes=(Scope.ATTACHMENTS,),
    refusals=ANNOUNCING,
    largest=SMALL,
)
def announce_file(asked: Asked[AttachmentAnnounced, OfFile]) -> AttachmentState:
    """Say which event lets a file go, and learn how much of it is here."""
    return files.announce(
        asked.engine, _file(asked.caller, asked.where, personal=False), asked.message
    )


@asks(
    "GET",
    RELEASED,
    answers=AttachmentState,
    where=OfFile,
    scopes=(Scope.ATTACHMENTS,),
    refusals=("unknown_file", "purged"),
)
def file_state(asked: Asked[None, OfFile]) -> AttachmentState:
    """Say how much of a file of this point is here."""
    return files.state(asked.engine, _file(asked.caller, asked.where, personal=False))


@asks(
    "PUT",
    RELEASED,
    reads=bytes,
    answers=AttachmentState,
    where=OfChunk,
    scopes=(Scope.ATTACHMENTS,),
    refusals=PUTTING,
    largest=LARGEST_CHUNK,
)
def put_chunk(asked: Asked[bytes, OfChunk]) -> AttachmentState:
    """Bring the next bytes of a file."""
    file = _file(asked.caller, asked.where, personal=False)
    return files.put_chunk(asked.engine, asked.own.people, file, asked.where.offset, asked.message)


@asks(
    "DELETE",
    RELEASED,
    answers=None,
    where=OfFile,
    scopes=(Scope.ATTACHMENTS,),
    refusals=("unknown_file",),
)
def purge_file(asked: Asked[None, OfFile]) -> None:
    """Empty a file of this point for good."""
    files.purge(asked.engine, _file(asked.caller, asked.where, personal=False))


@asks(
    "GET",
    f"{RELEASED}/bytes",
    answers=AttachmentPiece,
    where=OfChunk,
    scopes=(Scope.ATTACHMENTS,),
    refusals=("unknown_file", "wrong_offset"),
)
def file_bytes(asked: Asked[None, OfChunk]) -> AttachmentPiece:
    """Hand out a chunk of an own file, or of one about a device whose events this point gets."""
    file = _file(asked.caller, asked.where, personal=False)
    return files.read(asked.engine, asked.own.people, file, asked.where.offset)


# ---- scans of signed papers ----


@asks(
    "POST",
    SCAN,
    reads=AttachmentAnnounced,
    answers=AttachmentState,
    where=OfFile,
    scopes=(Scope.PEOPLE,),
    refusals=ANNOUNCING,
    largest=SMALL,
)
def announce_scan(asked: Asked[AttachmentAnnounced, OfFile]) -> AttachmentState:
    """Say which event names a scan, and learn how much of it is here."""
    return files.announce(
        asked.engine, _file(asked.caller, asked.where, personal=True), asked.message
    )


@asks(
    "GET",
    SCAN,
    answers=AttachmentState,
    where=OfFile,
    scopes=(Scope.PEOPLE,),
    refusals=("unknown_file", "purged"),
)
def scan_state(asked: Asked[None, OfFile]) -> AttachmentState:
    """Say how much of a scan of this point is here."""
    return files.state(asked.engine, _file(asked.caller, asked.where, personal=True))


@asks(
    "PUT",
    SCAN,
    reads=bytes,
    answers=AttachmentState,
    where=OfChunk,
    scopes=(Scope.PEOPLE,),
    refusals=(*PUTTING, WrongSeal.code),
    largest=LARGEST_CHUNK,
)
def put_scan_chunk(asked: Asked[bytes, OfChunk]) -> AttachmentState:
    """Bring the next bytes of a scan, sealed for the session."""
    file, offset = _file(asked.caller, asked.where, personal=True), asked.where.offset
    seal = session_seal(asked.caller)
    try:
        chunk = seal.open(chunk_label(file.hash, offset), asked.message)
    except WrongSeal as error:
        raise refused(error.code) from error
    return files.put_chunk(asked.engine, asked.own.people, file, offset, chunk)


@asks(
    "DELETE",
    SCAN,
    answers=None,
    where=OfFile,
    scopes=(Scope.PEOPLE,),
    refusals=("unknown_file",),
)
def purge_scan(asked: Asked[None, OfFile]) -> None:
    """Empty a scan of this point for good."""
    files.purge(asked.engine, _file(asked.caller, asked.where, personal=True))


@asks(
    "GET",
    f"{SCAN}/bytes",
    answers=AttachmentPiece,
    where=OfChunk,
    scopes=(Scope.PEOPLE,),
    refusals=("unknown_file", "wrong_offset"),
)
def scan_bytes(asked: Asked[None, OfChunk]) -> AttachmentPiece:
    """Hand out a chunk of an own scan, sealed for the session."""
    file, offset = _file(asked.caller, asked.where, personal=True), asked.where.offset
    seal = session_seal(asked.caller)
    piece = files.read(asked.engine, asked.own.people, file, offset)
    sealed = seal.seal(chunk_label(file.hash, offset), piece.content)
    return structs.replace(piece, content=sealed)


QUESTIONS = (
    announce_file,
    file_state,
    put_chunk,
    purge_file,
    file_bytes,
    announce_scan,
    scan_state,
    put_scan_chunk,
    purge_scan,
    scan_bytes,
)
