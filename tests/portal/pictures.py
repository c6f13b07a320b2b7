"""Small real files for upload."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo(name="label.png", size=(40, 30)):
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/png")


def program(name="setup.exe"):
    return SimpleUploadedFile(name, b"MZ" + b"\0" * 200, content_type="image/png")


def text_file(name="log.txt", words="The grinder stopped at 10:12."):
    return SimpleUploadedFile(name, words.encode(), content_type="text/plain")
