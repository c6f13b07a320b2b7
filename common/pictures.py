"""Pictures from people, drawn anew: what we keep is what Pillow saw, without place, device, comments or bytes behind the end."""

import struct
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

# So that one picture takes less than 200 MB while it is looked at. A JPEG can be unpacked at a half or a quarter
# and may be larger; the decoder of WebP holds each picture twice.
MAX_PIXELS = 20_000_000
MAX_PIXELS_OF = {"JPEG": 60_000_000, "MPO": 60_000_000, "WEBP": 12_000_000}
MAX_SIDE = 2560
# Of an animation, all frames together; a longer one stays as its first frame.
MAX_FRAMES = 500
MAX_PIXELS_OF_FRAMES = 25_000_000
THUMBNAIL_SIDE = 480

# Only these decoders are ever tried; the first four stay what they are, the others become PNG.
_READ = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "MPO")
_KEPT = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "GIF": "GIF", "WEBP": "WEBP"}
CONTENT_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}
EXTENSIONS = {"JPEG": ("jpg", "jpeg"), "PNG": ("png",), "GIF": ("gif",), "WEBP": ("webp",)}

# What its decoders raise at damaged files, each in its own way.
_FAULTS = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    struct.error,
)


class PictureUnreadable(Exception):
    """Damaged, cut off, or not a picture at all."""


class PictureTooLarge(Exception):
    """More pixels than we unpack. Told before anything is unpacked."""

    def __init__(self, most=MAX_PIXELS):
        self.most = most
        super().__init__(most)


@dataclass(frozen=True)
class Picture:
    format: str
    data: bytes
    width: int
    height: int
    thumbnail: bytes


def redraw(file) -> Picture:
    """The picture upright, at most MAX_SIDE pixels a side, in its own format, with a WebP thumbnail. Animations keep moving."""
    try:
        with Image.open(file, formats=_READ) as source:
            return _redraw(source)
    except Image.DecompressionBombError as error:
        raise PictureTooLarge() from error
    except _FAULTS as error:
        raise PictureUnreadable() from error


def _redraw(source):
    _require_pixels(source, MAX_PIXELS_OF.get(source.format, MAX_PIXELS))
    format_ = _KEPT.get(source.format, "PNG")
    if format_ in {"GIF", "WEBP"} and getattr(source, "is_animated", False):
        frames = _frames(source)
        if frames:
            return _save_animation(frames, format_, int(source.info.get("loop", 0) or 0))
        source.seek(0)

    source.draft(None, (MAX_SIDE, MAX_SIDE))
    _require_pixels(source, MAX_PIXELS)
    # The profile of a CMYK picture says nothing about the RGB one it becomes.
    profile = source.info.get("icc_profile") if source.mode in {"RGB", "RGBA"} else None
    # Made small first, turned and converted after: each step copies every pixel.
    if max(source.size) > MAX_SIDE and source.mode in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        source.thumbnail((MAX_SIDE, MAX_SIDE))
    image = _plain_mode(source, format_)
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    ImageOps.exif_transpose(image, in_place=True)
    return Picture(format_, _save(image, format_, profile), *image.size, thumbnail=_thumbnail(image))


def _require_pixels(image, most):
    if image.width * image.height > most:
        raise PictureTooLarge(most)


def _plain_mode(image, format_):
    """In a mode the format can hold and that can be made smaller well. Orientation travels along in the picture's own notes."""
    image.load()
    if format_ == "JPEG":
        return image if image.mode in {"L", "RGB"} else _converted(image, "RGB")
    if image.mode in {"RGB", "RGBA"} or (format_ in {"PNG", "GIF"} and image.mode in {"1", "L", "LA", "P"} and max(image.size) <= MAX_SIDE):
        return image
    return _converted(image, "RGBA" if image.has_transparency_data else "RGB")


def _converted(image, mode):
    converted = image.convert(mode)
    converted.info = dict(image.info)
    converted.getexif().update(image.getexif())
    return converted


def _save(image, format_, profile):
    options = {"JPEG": {"quality": 86, "progressive": True}, "WEBP": {"quality": 86}}.get(format_, {})
    options = {**options, "icc_profile": profile if profile and len(profile) < 65_536 else None}
    transparency = image.info.get("transparency")
    image.info = (
        {"transparency": transparency} if transparency is not None and image.mode in {"P", "L", "RGB"} and format_ in {"PNG", "GIF"} else {}
    )
    out = BytesIO()
    image.save(out, format_, exif=b"", **options) if format_ in {"JPEG", "PNG", "WEBP"} else image.save(out, format_)
    return out.getvalue()


def _frames(source):
    """[(picture, milliseconds)], or nothing when they are too many. A frame may be larger than the first one said."""
    frames, pixels = [], 0
    try:
        while True:
            source.seek(len(frames))
            pixels += source.width * source.height
            if len(frames) >= MAX_FRAMES or pixels > MAX_PIXELS_OF_FRAMES:
                return []
            frames.append((source.convert("RGBA"), max(20, min(int(source.info.get("duration", 100) or 100), 60_000))))
    except EOFError:
        return frames


def _save_animation(frames, format_, loop):
    (first, _shown), *others = frames
    durations = [duration for _picture, duration in frames]
    extra = {"disposal": 2} if format_ == "GIF" else {"quality": 80}
    out = BytesIO()
    first.save(out, format_, save_all=True, append_images=[picture for picture, _shown in others], duration=durations, loop=loop, **extra)
    return Picture(format_, out.getvalue(), *first.size, thumbnail=_thumbnail(first))


def _thumbnail(image):
    small = image if image.mode in {"RGB", "RGBA"} else image.convert("RGBA" if image.has_transparency_data else "RGB")
    small = small.copy() if small is image else small
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    small.info = {}
    out = BytesIO()
    small.save(out, "WEBP", quality=80, exif=b"", icc_profile=None)
    return out.getvalue()
