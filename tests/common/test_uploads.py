import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from common import file_kinds, pictures
from common.uploads import (
    FileIsEmpty,
    FileKindRefused,
    FileTooLarge,
    ImageDamaged,
    ImageTooLarge,
    ProgramRefused,
    TooManyFiles,
    UploadLimits,
    UploadRefused,
    check_upload,
    check_uploads,
    clean_file_name,
    random_path,
)

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script>"


def uploaded(name, content, claimed="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type=claimed)


def picture(format_="JPEG", mode="RGB", size=(60, 40), **options):
    out = io.BytesIO()
    Image.new(mode, size, **({"color": options.pop("color")} if "color" in options else {})).save(out, format_, **options)
    return out.getvalue()


def opened(checked):
    return Image.open(io.BytesIO(checked.content.read()))


@pytest.mark.parametrize(
    ("format_", "mode", "name", "content_type"),
    [
        ("JPEG", "RGB", "عکس.jpg", "image/jpeg"),
        ("JPEG", "CMYK", "عکس.jpg", "image/jpeg"),
        ("JPEG", "L", "عکس.jpg", "image/jpeg"),
        ("PNG", "RGBA", "عکس.png", "image/png"),
        ("PNG", "P", "عکس.png", "image/png"),
        ("PNG", "I;16", "عکس.png", "image/png"),
        ("PNG", "1", "عکس.png", "image/png"),
        ("GIF", "P", "عکس.gif", "image/gif"),
        ("WEBP", "RGBA", "عکس.webp", "image/webp"),
        ("BMP", "RGB", "عکس.png", "image/png"),
        ("TIFF", "CMYK", "عکس.png", "image/png"),
    ],
)
def test_pictures_of_every_kind_are_kept_or_become_png(format_, mode, name, content_type):
    checked = check_upload(
        uploaded(f"عکس.{name.rpartition('.')[2] if format_ not in {'BMP', 'TIFF'} else format_.lower()}", picture(format_, mode))
    )
    assert (checked.name, checked.content_type, checked.width, checked.height, checked.is_image) == (name, content_type, 60, 40, True)
    assert opened(checked).size == (60, 40)
    assert Image.open(checked.thumbnail).format == "WEBP"


def test_a_pictures_claimed_type_and_name_do_not_matter():
    checked = check_upload(uploaded("page.html", picture("PNG"), claimed="text/html"))
    assert (checked.name, checked.content_type) == ("page.png", "image/png")


def test_notes_about_place_and_device_are_gone_and_the_picture_is_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by the camera
    exif[0x010F] = "Camera of nour"
    exif.get_ifd(0x8825)[2] = (35.0, 41.0, 21.0)
    source = Image.new("RGB", (60, 40), "red")
    out = io.BytesIO()
    source.save(out, "JPEG", exif=exif, comment=b"secret words")
    checked = check_upload(uploaded("a.jpg", out.getvalue()))

    kept = opened(checked)
    assert kept.size == (40, 60) == (checked.width, checked.height)
    assert not dict(kept.getexif())
    checked.content.seek(0)
    stored = checked.content.read()
    assert b"nour" not in stored
    assert b"secret" not in stored


def test_words_hidden_in_a_png_are_gone():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    checked = check_upload(uploaded("a.png", picture("PNG", pnginfo=notes)))
    assert b"script" not in checked.content.read()


def test_bytes_behind_the_end_of_a_picture_are_gone():
    checked = check_upload(uploaded("a.jpg", picture("JPEG") + HTML))
    assert b"<script" not in checked.content.read()


def test_a_large_photo_is_stored_at_a_useful_size():
    checked = check_upload(uploaded("a.jpg", picture("JPEG", size=(6000, 3000))))
    assert max(checked.width, checked.height) <= pictures.MAX_SIDE
    assert checked.width == 2 * checked.height > 2 * 1000
    thumbnail = Image.open(checked.thumbnail)
    assert max(thumbnail.size) == pictures.THUMBNAIL_SIDE


def test_an_animation_keeps_moving():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=120)
    assert opened(check_upload(uploaded("a.gif", out.getvalue()))).n_frames == 3


def test_an_endless_animation_stays_as_its_first_frame(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_FRAMES", 2)
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], duration=120)
    kept = opened(check_upload(uploaded("a.webp", out.getvalue())))
    assert kept.n_frames == 1
    assert kept.convert("RGB").getpixel((9, 9))[0] > 200


def test_a_transparent_picture_stays_transparent():
    kept = opened(check_upload(uploaded("a.png", picture("PNG", "RGBA", color=(255, 0, 0, 0)))))
    assert kept.convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_picture_cut_off_in_the_middle_is_refused_by_name(format_):
    whole = io.BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(whole, format_)
    data = whole.getvalue()
    with pytest.raises(ImageDamaged, match="photo"):
        check_upload(uploaded("photo.jpg", data[: len(data) // 2]))


@pytest.mark.parametrize(
    "head", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"BM" + bytes(8), b"RIFF\x00\x00\x00\x00WEBP", b"II*\x00"]
)
def test_a_page_that_begins_like_a_picture_is_refused(head):
    with pytest.raises(ImageDamaged):
        check_upload(uploaded("a.png", head + HTML, claimed="image/png"))


def _png_that_says(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(64_000, 64_000), (40_001, 1_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_endless_pixels_is_refused_before_it_is_unpacked(size):
    tracemalloc.start()
    with pytest.raises((ImageTooLarge, ImageDamaged)):
        check_upload(uploaded("lottapixel.png", _png_that_says(*size)))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


@given(
    st.binary(max_size=300),
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF....WEBP", b"II*\x00", b"PK\x03\x04", b"%PDF-", b""]),
)
def test_any_bytes_are_a_file_or_a_refusal(data, head):
    try:
        check_upload(uploaded("x.bin", head + data), UploadLimits(kinds=file_kinds.COMMON_KINDS | {file_kinds.OTHER}))
    except UploadRefused as refusal:
        assert "x.bin" in str(refusal)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", SVG),
        ("x.png", SVG),
        ("x.html", HTML),
        ("x.xhtml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'),
        ("x.xml", b'<?xml-stylesheet href="x.xsl"?><x/>'),
        ("x.txt", HTML),
        ("x.csv", b"a,b\n<script>alert(1)</script>"),
        ("x.svgz", zlib.compress(SVG, wbits=31)),
    ],
)
def test_markup_is_never_shown_and_only_kept_where_everything_is(name, content):
    try:
        refused = check_upload(uploaded(name, content))
        assert refused.kind == file_kinds.ARCHIVE
    except FileKindRefused:
        pass
    kept = check_upload(uploaded(name, content), UploadLimits(kinds=file_kinds.COMMON_KINDS | {file_kinds.OTHER}))
    assert kept.content_type in {"application/octet-stream", "application/x-gzip", "application/gzip"}
    assert not kept.is_image


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", b"MZ\x90\x00" + bytes(60)),
        ("photo.jpg", b"MZ\x90\x00" + bytes(60)),
        ("run.sh", b"echo hi"),
        ("run", b"#!/bin/sh\n"),
        ("x", b"\x7fELF" + bytes(60)),
        ("macro.docm", b"PK\x03\x04" + bytes(60)),
        ("app.jar", b"PK\x03\x04" + bytes(60)),
        ("a.JS", b"alert(1)"),
        ("invoice.pdf.lnk", b"L\x00\x00\x00\x01\x14\x02\x00"),
    ],
)
def test_programs_are_refused_whatever_the_owner_allows(name, content):
    with pytest.raises(ProgramRefused):
        check_upload(uploaded(name, content), UploadLimits(kinds=file_kinds.COMMON_KINDS | {file_kinds.OTHER}))


def _docx():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind", "content_type"),
    [
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\n", file_kinds.PDF, "application/pdf"),
        ("a.txt", "سلام دنیا\n".encode(), file_kinds.TEXT, "text/plain"),
        ("a.csv", "nazwa;zażółć\n".encode("cp1250"), file_kinds.TEXT, "text/csv"),
        ("a.docx", _docx(), file_kinds.OFFICE, file_kinds._OOXML + "wordprocessingml.document"),
        ("a.zip", _docx(), file_kinds.ARCHIVE, "application/zip"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), file_kinds.OFFICE, "application/msword"),
        ("a.mp3", b"ID3\x03\x00\x00" + bytes(50), file_kinds.AUDIO, "audio/mpeg"),
        ("a.mp4", b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(50), file_kinds.VIDEO, "video/mp4"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(50), file_kinds.IMAGE, "application/octet-stream"),
    ],
)
def test_common_files_are_known_by_their_content(name, content, kind, content_type):
    checked = check_upload(uploaded(name, content, claimed="text/html"))
    assert (checked.name, checked.kind, checked.content_type, checked.is_image) == (name, kind, content_type, False)
    assert checked.content.read() == content


def test_an_empty_file_and_one_too_large_are_named_in_the_refusal():
    with pytest.raises(FileIsEmpty, match="a.txt"):
        check_upload(uploaded("a.txt", b""))
    with pytest.raises(FileTooLarge, match="11 B; at most 10 B"):
        check_upload(uploaded("a.txt", b"x" * 11), UploadLimits(max_bytes=10))


def test_too_many_files_are_counted():
    files = [uploaded(f"{n}.txt", b"x") for n in range(3)]
    with pytest.raises(TooManyFiles, match="3 files; at most 2"):
        check_uploads(files, UploadLimits(max_files=2))
    assert [checked.name for checked in check_uploads(files)] == ["0.txt", "1.txt", "2.txt"]


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../x", "x"),
        ("..\\x", "x"),
        ("%2e%2e%2f", "%2e%2e%2f"),
        ("a/b", "b"),
        ("C:\\Users\\nour\\scan.pdf", "scan.pdf"),
        ("a\x00b", "ab"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        (".htaccess", "htaccess"),
        ("a\u202egnp.exe", "agnp.exe"),
        ('a"b\r\nX: y', "a_b X_ y"),
        ("<img onerror>.png", "img onerror_.png"),
        ("فاکتور‌ها ۱۲.pdf", "فاکتور‌ها ۱۲.pdf"),
        ("zażółć.pdf", "zażółć.pdf"),
        ("zaz\u0307o.pdf", "zażo.pdf"),
        ("", "file"),
        ("..", "file"),
        (" . ", "file"),
        (None, "file"),
    ],
)
def test_names_are_made_harmless_and_stay_readable(given_name, kept):
    assert clean_file_name(given_name) == kept


@given(st.text(max_size=400))
def test_every_name_is_safe_to_save_and_to_send(given_name):
    name = clean_file_name(given_name)
    assert 0 < len(name.encode()) <= 255
    assert not set(name) & set('/\\<>:"|?*\r\n\x00\u202e')
    assert name not in {".", ".."}
    assert clean_file_name(name) == name


def test_a_long_name_keeps_its_ending():
    assert clean_file_name("ж" * 300 + ".pdf").endswith("ж.pdf")


def test_the_place_of_a_file_tells_nothing_and_never_repeats():
    places = {random_path(None, "../../secret.pdf") for _ in range(100)}
    assert len(places) == 100
    assert not any("secret" in place or "." in place for place in places)
