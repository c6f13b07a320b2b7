"""An archive that grows on the disk, of the same shape as the tables beside it: what it is given are files by name, not cells."""

import json
import tempfile
import zipfile

from django.core.serializers.json import DjangoJSONEncoder


class ZipFile:
    """`head` and rows: (name in the archive, its content): plain data becomes JSON, a stored file is copied. `size` counts what came in."""

    content_type = "application/zip"

    def __init__(self, title, head, reader):
        self._file, self.size = tempfile.TemporaryFile(), 0  # noqa: SIM115  closed by close()
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        self.add(head)

    def add(self, rows):
        for name, *content in rows:
            if not content:  # a sentence about the archive
                self._write("README.txt", name.encode())
            elif hasattr(content[0], "chunks"):
                self._copy(name, content[0])
            else:
                self._write(name, json.dumps(content[0], ensure_ascii=False, indent=2, cls=DjangoJSONEncoder).encode())

    def save(self, out):
        self._zip.close()
        self._file.seek(0)
        for piece in iter(lambda: self._file.read(1 << 20), b""):
            out.write(piece)

    def close(self):
        self._zip.close()
        self._file.close()

    def _write(self, name, data):
        self._zip.writestr(name, data)
        self.size += len(data)

    def _copy(self, name, stored):
        """A file that is missing in the storage is said to be, and loses nobody the rest."""
        try:
            with stored.open("rb") as source, self._zip.open(name, "w") as target:
                for piece in iter(lambda: source.read(1 << 20), b""):
                    target.write(piece)
                    self.size += len(piece)
        except FileNotFoundError:
            self._write(f"{name}.missing.txt", b"")
