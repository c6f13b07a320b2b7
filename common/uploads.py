"""Files from people: looked into, pictures drawn anew, names made harmless, refusals that name the file and say what to do."""

import re
import unicodedata
import uuid
from dataclasses import dataclass

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common import file_kinds, pictures
from common.errors import DeskError
from common.numbers import format_number, format_size
from common.text import clean_line, cut

MAX_NAME_BYTES = 255
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\u200b\u200e\u200f\ufeff\u061c]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class UploadLimits:
    """What an owner allows. Add file_kinds.OTHER to `kinds` to keep unknown files too, as plain downloads."""

    max_bytes: int = 10_000_000
    max_files: int = 10
    kinds: frozenset = file_kinds.COMMON_KINDS


@dataclass
class CheckedFile:
    """A file that may be kept. `content` is a Django File at its beginning; `thumbnail` is WebP, for pictures only."""

    name: str
    content_type: str
    size: int
    content: File
    kind: str = file_kinds.OTHER
    width: int | None = None
    height: int | None = None
    thumbnail: ContentFile | None = None
    id: uuid.UUID | None = None  # which it keeps when it is stored, where words already point at it

    @property
    def is_image(self) -> bool:
        """Whether it may be shown as a picture, since it was drawn anew."""
        return self.thumbnail is not None


class StoredUpload:
    """For models that keep a checked upload until it becomes an attachment: with file, thumbnail, name, content_type, kind, size, width, height."""

    @classmethod
    def keep(cls, checked, **whose):
        """A stored row that holds this file; `whose`: its other fields."""
        row = cls(
            name=checked.name,
            content_type=checked.content_type,
            kind=checked.kind,
            size=checked.size,
            width=checked.width,
            height=checked.height,
            **whose,
        )
        checked.content.seek(0)
        row.file.save(checked.name, checked.content, save=False)
        if checked.thumbnail:
            row.thumbnail.save("thumbnail.webp", checked.thumbnail, save=False)
        row.save()
        return row

    def checked(self):
        """The file as it was when it had been looked into, ready for a message."""
        return CheckedFile(
            name=self.name,
            content_type=self.content_type,
            kind=self.kind,
            size=self.size,
            content=self.file.open("rb"),
            width=self.width,
            height=self.height,
            thumbnail=self.thumbnail.open("rb") if self.thumbnail else None,
        )


class UploadRefused(DeskError):
    field = "files"

    def __init__(self, name="", **details):
        self.name, self.details = name, details
        super().__init__()

    def __str__(self):
        # The name is isolated: a Latin name would else turn a Persian sentence around.
        return str(self.message) % {"name": f"\u2068{self.name}\u2069", **{k: str(v) for k, v in self.details.items()}}


class FileIsEmpty(UploadRefused):
    message = _("“%(name)s” is empty. Choose the file again; perhaps it was still being written.")


class FileTooLarge(UploadRefused):
    status_code = 413
    message = _("“%(name)s” has %(size)s; at most %(limit)s can be sent. Make it smaller or send it in parts.")


class FileKindRefused(UploadRefused):
    message = _("“%(name)s” is of a kind we do not take. Send a picture, a PDF, a document, a text, a sound, a video or a ZIP archive.")


class ProgramRefused(UploadRefused):
    message = _("“%(name)s” could run as a program, and we do not take those. Send a screenshot or a description instead.")


class ImageDamaged(UploadRefused):
    message = _("“%(name)s” cannot be opened as a picture; it may be cut off. Save it anew or send a screenshot of it.")


class ImageTooLarge(UploadRefused):
    message = _("“%(name)s” has too many pixels; at most %(limit)s million can be opened. Save it smaller and send it again.")


class TooManyFiles(UploadRefused):
    def __init__(self, count, limit):
        super().__init__()
        words = ngettext_lazy(
            "You chose %(count)s files; at most %(limit)s can be sent.",
            "You chose %(count)s files; at most %(limit)s can be sent.",
            "limit_count",
        )
        self.message, self.count, self.limit = words, count, limit

    def __str__(self):
        return str(self.message % {"limit_count": self.limit, "count": format_number(self.count), "limit": format_number(self.limit)})


def check_upload(file, limits=None) -> CheckedFile:
    """Look into one uploaded file. Its claimed type is ignored. Raises a child of UploadRefused."""
    limits = limits or UploadLimits()
    name = clean_file_name(file.name)
    if not file.size:
        raise FileIsEmpty(name)
    if file.size > limits.max_bytes:
        raise FileTooLarge(name, size=format_size(file.size), limit=format_size(limits.max_bytes))

    file.seek(0)
    found = file_kinds.detect(file.read(file_kinds.HEAD), name)
    file.seek(0)
    if found.is_program:
        raise ProgramRefused(name)
    if found.kind not in limits.kinds:
        raise FileKindRefused(name)
    if found.kind == file_kinds.IMAGE and found.content_type not in _UNDRAWN:
        return _checked_picture(file, name)
    content_type = file_kinds.DOWNLOAD if found.kind == file_kinds.IMAGE else found.content_type
    return CheckedFile(name=name, content_type=content_type, size=file.size, content=file, kind=found.kind)


# Pictures we cannot draw: kept as they are, for download only.
_UNDRAWN = {"image/heif", "image/heic", "image/avif", "image/vnd.adobe.photoshop"}


def check_uploads(files, limits=None) -> list[CheckedFile]:
    """All files of one form, or the first refusal."""
    limits = limits or UploadLimits()
    if len(files) > limits.max_files:
        raise TooManyFiles(len(files), limits.max_files)
    return [check_upload(file, limits) for file in files]


def _checked_picture(file, name):
    try:
        picture = pictures.redraw(file)
    except pictures.PictureTooLarge as error:
        raise ImageTooLarge(name, limit=format_number(error.most // 1_000_000)) from error
    except pictures.PictureUnreadable as error:
        raise ImageDamaged(name) from error
    name = _with_extension(name, pictures.EXTENSIONS[picture.format])
    return CheckedFile(
        name=name,
        content_type=pictures.CONTENT_TYPES[picture.format],
        kind=file_kinds.IMAGE,
        size=len(picture.data),
        content=ContentFile(picture.data, name=name),
        width=picture.width,
        height=picture.height,
        thumbnail=ContentFile(picture.thumbnail, name="thumbnail.webp"),
    )


def _with_extension(name, extensions):
    """The name with an ending that tells the truth; shot.bmp becomes shot.png, shot.jpeg stays."""
    stem, dot, extension = name.rpartition(".")
    if dot and extension.lower() in extensions:
        return name
    return f"{stem if dot and len(extension) <= 5 else name}.{extensions[0]}"


def clean_file_name(name) -> str:
    """A name that is safe to show, to put into a header and to save anywhere; letters of all scripts stay, at most 255 bytes."""
    name = unicodedata.normalize("NFC", str(name or "")).replace("\\", "/")
    name = clean_line(name).rpartition("/")[2]
    name = _NOT_IN_NAMES.sub("_", name).strip(" ._\u200c\u200d").strip()
    if not name:
        return "file"
    if _RESERVED.match(name):
        name = "_" + name
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension.encode()) > 20:
        stem, dot, extension = name, "", ""
    room = MAX_NAME_BYTES - len((dot + extension).encode())
    while len(stem.encode()) > room:
        stem = cut(stem, min(len(stem) - 1, room))
    return stem.rstrip() + dot + extension


def random_path(instance, name) -> str:
    """Where a file is kept: a name nobody can guess, and nothing of the name a person gave. For FileField(upload_to=random_path)."""
    unguessable = uuid.uuid4().hex
    return f"{unguessable[:2]}/{unguessable}"
