"""Small, real files for the demo: drawn here, so that nothing foreign is shipped."""

import io

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from common.uploads import CheckedFile

SIZE = (1200, 800)


def checked_file(name):
    """A file as it stands after the upload checks."""
    if name.endswith(".pdf"):
        content = _one_page_pdf(name)
        return CheckedFile(name=name, content_type="application/pdf", size=len(content), content=ContentFile(content))
    picture = _picture(name)
    thumbnail = io.BytesIO()
    small = picture.copy()
    small.thumbnail((480, 480))
    small.save(thumbnail, "WEBP", quality=80)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=85)
    return CheckedFile(
        name=name,
        content_type="image/jpeg",
        size=content.tell(),
        content=ContentFile(content.getvalue()),
        width=picture.width,
        height=picture.height,
        thumbnail=ContentFile(thumbnail.getvalue()),
    )


def _picture(name):
    """A still life: a worktop, a device, and a label with a serial number."""
    picture = Image.new("RGB", SIZE, "#d9d2c5")
    draw = ImageDraw.Draw(picture)
    for stripe in range(0, SIZE[1], 40):
        shade = 205 + (stripe * 7) % 18
        draw.rectangle((0, stripe, SIZE[0], stripe + 40), fill=(shade, shade - 8, shade - 22))
    draw.ellipse((180, 560, 1020, 760), fill="#a89a82")
    if name.startswith("label"):
        draw.rounded_rectangle((250, 180, 950, 620), 24, fill="#f6f5f1", outline="#3b3b3b", width=4)
        for row, width in enumerate((420, 560, 300)):
            draw.rectangle((300, 240 + row * 60, 300 + width, 262 + row * 60), fill="#4a4a4a")
        for bar in range(60):
            draw.rectangle((300 + bar * 10, 450, 300 + bar * 10 + (3 + bar * 5 % 6), 560), fill="#1d1d1d")
    elif name.startswith("scale"):
        draw.rounded_rectangle((260, 420, 940, 640), 40, fill="#2f3338")
        draw.rounded_rectangle((300, 380, 900, 440), 20, fill="#c8ccd0")
        draw.rounded_rectangle((480, 500, 720, 600), 12, fill="#9fc7b0")
        draw.line((540, 520, 600, 520, 600, 550, 540, 550, 540, 580, 600, 580), fill="#16351f", width=8)
    else:
        draw.rounded_rectangle((430, 330, 770, 680), 40, fill="#2f3338")
        draw.polygon([(460, 120), (740, 120), (700, 330), (500, 330)], fill="#7d6a58")
        draw.ellipse((540, 440, 660, 560), fill="#c9b79c", outline="#8a7a63", width=6)
        draw.rounded_rectangle((770, 470, 900, 500), 12, fill="#8a7a63")
    return picture


def _one_page_pdf(name):
    """The smallest honest PDF: one empty page with its cross-reference table."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return out
