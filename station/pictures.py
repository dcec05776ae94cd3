"""Pictures as they are kept: upright, without a word about who took them, with what and where."""

from io import BytesIO
from typing import TYPE_CHECKING, Final

from station import refusals

if TYPE_CHECKING:
    from PIL import Image

ORIENTATION: Final = 0x0112  # how the camera was held
QUALITY: Final = 92  # of a photograph that is turned upright
_BEGINS: Final = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}


def picture_kind(data: bytes) -> str:
    """Whether it is a JPEG or a PNG; raises NotAScan for anything else."""
    for begin, kind in _BEGINS.items():
        if data.startswith(begin):
            return kind
    raise refusals.NotAScan("")


def without_exif(data: bytes, media: str) -> bytes:
    """The picture, upright and without its notes; raises NotAScan."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- slow to import, needed only here

    try:
        with Image.open(BytesIO(data), formats=[media.upper()]) as picture:
            turned = picture.getexif().get(ORIENTATION, 1) != 1
            kept = ImageOps.exif_transpose(picture) if turned else picture
            kept.load()
            kept.info = {key: kept.info[key] for key in ("transparency",) if key in kept.info}
            return _saved(kept, media, turned=turned)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise refusals.NotAScan(media) from error


def _saved(picture: "Image.Image", media: str, *, turned: bool) -> bytes:
    file = BytesIO()
    picture.save(file, media.upper(), **_how(media, turned=turned))
    return file.getvalue()


def _how(media: str, *, turned: bool) -> dict[str, int | str]:
    if media != "jpeg":
        return {}
    return {"quality": QUALITY if turned else "keep"}
