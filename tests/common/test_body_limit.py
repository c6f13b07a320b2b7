from asgiref.sync import async_to_sync

from common.body_limit import BodyLimit


def answer(chunks, headers=(), scope_type="http"):
    """What a client hears that sends these chunks to an application that reads them all."""
    heard, read = [], []

    async def application(scope, receive, send):
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            read.append(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"fine"})

    left = list(chunks)

    async def receive():
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message):
        heard.append(message)

    async_to_sync(BodyLimit(application, 10))({"type": scope_type, "headers": list(headers)}, receive, send)
    return heard[0]["status"], b"".join(read)


def test_a_body_within_the_limit_passes():
    assert answer([b"12345", b"67890"]) == (200, b"1234567890")


def test_a_body_that_says_it_is_too_large_is_not_read():
    assert answer([b"x"], headers=[(b"content-length", b"11")]) == (413, b"")


def test_a_body_that_proves_too_large_is_not_read_on():
    assert answer([b"12345", b"67890", b"1", b"2"]) == (413, b"1234567890")


def test_a_length_that_is_no_number_is_counted_instead():
    assert answer([b"12345"], headers=[(b"content-length", b"-1")]) == (200, b"12345")
