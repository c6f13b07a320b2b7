"""What a file is, told by its content. The name only chooses between kinds that look alike from inside (docx and zip)."""

import codecs
from dataclasses import dataclass

import puremagic

IMAGE, PDF, TEXT, OFFICE, ARCHIVE, AUDIO, VIDEO, OTHER = "image", "pdf", "text", "office", "archive", "audio", "video", "other"
COMMON_KINDS = frozenset({IMAGE, PDF, TEXT, OFFICE, ARCHIVE, AUDIO, VIDEO})
DOWNLOAD = "application/octet-stream"
HEAD = 8192

# Names that a computer runs when they are opened, whatever is inside.
RUNNING_NAMES = frozenset(
    """
    exe msi msp bat cmd com scr pif cpl dll sys js jse mjs vbs vbe wsf wsh ps1 psm1 hta lnk url reg jar apk app dmg pkg deb rpm sh bash run
    docm dotm xlsm xltm xlam pptm potm ppam ppsm chm inf scf iso img vhd xll one
    """.split()
)
_OOXML = "application/vnd.openxmlformats-officedocument."
_ZIPPED_OFFICE = {
    "docx": _OOXML + "wordprocessingml.document",
    "xlsx": _OOXML + "spreadsheetml.sheet",
    "pptx": _OOXML + "presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
_OLD_OFFICE = {"doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint"}
_PLAIN_TEXT = {"txt": "text/plain", "csv": "text/csv", "log": "text/plain", "md": "text/plain", "tsv": "text/plain", "json": "text/plain"}
_ARCHIVES = {"application/vnd.rar", "application/x-7z-compressed", "application/x-gzip", "application/gzip"}
_PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!/", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"L\0\0\0\x01\x14\x02\0")
_MARKUP = (b"<svg", b"<html", b"<!doctype", b"<script", b"<?xml", b"<?php", b"<head", b"<body", b"<iframe", b"<xsl:", b"<!entity", b"<x:")


@dataclass(frozen=True)
class Detected:
    """`content_type` is what we will say when the file is downloaded; a program is never taken."""

    kind: str
    content_type: str = DOWNLOAD
    is_program: bool = False


def detect(head: bytes, name: str) -> Detected:
    """The kind of a file from its first bytes. Markup of any sort and what nobody knows are OTHER, a plain download."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension in RUNNING_NAMES or head.startswith(_PROGRAMS):
        return Detected(OTHER, is_program=True)
    if picture := _picture(head):
        return Detected(IMAGE, picture)
    if head.startswith(b"%PDF-"):
        return Detected(PDF, "application/pdf")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(head, extension)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Detected(OFFICE, _OLD_OFFICE[extension]) if extension in _OLD_OFFICE else Detected(OTHER)
    if head.startswith(b"{\\rtf"):
        return Detected(OFFICE, "application/rtf")
    if _is_text(head):
        if any(sign in head.lower() for sign in _MARKUP) or extension not in _PLAIN_TEXT:
            return Detected(OTHER)
        return Detected(TEXT, _PLAIN_TEXT[extension])
    return _by_magic(head)


def _picture(head):
    for signature, content_type in _PICTURES:
        if head.startswith(signature):
            return content_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return "image/bmp" if head[:2] == b"BM" and head[6:10] == bytes(4) else ""


def _zip(head, extension):
    """Never opened: a list of its names could be longer than our memory. Office files show themselves in their first entries."""
    if extension in _ZIPPED_OFFICE and (b"[Content_Types].xml" in head or b"_rels/" in head or head[30:38] == b"mimetype"):
        return Detected(OFFICE, _ZIPPED_OFFICE[extension])
    return Detected(ARCHIVE, "application/zip")


def _is_text(head):
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    if b"\x00" in head or sum(byte < 32 and byte not in b"\t\n\r\x0c\x1b" for byte in head):
        return False
    try:
        # The end may cut a letter in two.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        # Older spreadsheets export in the code page of their country; letters there are single high bytes.
        return sum(32 <= byte < 127 or byte in b"\t\n\r" for byte in head) > len(head) * 0.3
    return True


def _by_magic(head):
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError, IndexError):
        return Detected(OTHER)
    for match in found:
        if match.confidence < 0.3:
            continue
        top = match.mime_type.partition("/")[0]
        if top in {"image", "audio", "video"} and "svg" not in match.mime_type:
            return Detected({"image": IMAGE, "audio": AUDIO, "video": VIDEO}[top], match.mime_type)
        if match.mime_type in _ARCHIVES:
            return Detected(ARCHIVE, match.mime_type)
        if match.mime_type == "application/ogg":
            return Detected(AUDIO, "audio/ogg")
        if match.extension in {".amr", ".m4a"}:
            return Detected(AUDIO, {".amr": "audio/amr", ".m4a": "audio/mp4"}[match.extension])
    return Detected(OTHER)
