"""A page as a picture: the dots as the printer gets them."""

from io import BytesIO

from PIL import Image, ImageOps

from labels.bitmap import Bitmap
from labels.resolution import Resolution


def png(dots: Bitmap, resolution: Resolution) -> bytes:
    """A picture of one bit a dot that knows its size in millimetres."""
    ink = Image.frombytes("1", (dots.width, dots.height), dots.rows)
    file = BytesIO()
    per_inch = 25.4 / resolution.dot
    ImageOps.invert(ink).save(file, "PNG", dpi=(per_inch, per_inch), optimize=True)
    return file.getvalue()
