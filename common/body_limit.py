"""A ceiling for request bodies, before Django reads any of it: under ASGI Django keeps whatever is sent on disk first."""

from http import HTTPStatus


class BodyLimit:
    """Wraps an ASGI application. A body that says it is larger, or proves to be, is answered with 413 and not read on."""

    def __init__(self, application, max_bytes):
        self.application, self.max_bytes = application, max_bytes

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        if self._announced(scope) > self.max_bytes:
            await self._refuse(send)
            return

        taken, refused, answered = 0, False, False

        async def counted():
            nonlocal taken, refused
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.max_bytes:
                refused = True
                return {"type": "http.disconnect"}
            return message

        async def watched(message):
            nonlocal answered
            if not refused:
                answered = True
                await send(message)

        await self.application(scope, counted, watched)
        if refused and not answered:
            await self._refuse(send)

    @staticmethod
    def _announced(scope):
        length = dict(scope["headers"]).get(b"content-length", b"0")
        return int(length) if length.isdigit() else 0

    @staticmethod
    async def _refuse(send):
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": status.value, "headers": headers})
        await send({"type": "http.response.body", "body": status.phrase.encode()})
