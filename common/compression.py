"""Pages over the wire: a tenth of their size. Why this is safe here: docs/decisions/0017-compressed-pages.md."""

from django.middleware.gzip import GZipMiddleware

#: Files that people sent are compressed already, or would lose their length and their progress; static ones lie there compressed.
COMPRESSED = ("text/html", "text/css", "application/json")


class PageCompressionMiddleware(GZipMiddleware):
    """Whole answers in text, padded by a random number of bytes (Django's), so that their length tells little."""

    def process_response(self, request, response):
        if response.streaming or not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)
