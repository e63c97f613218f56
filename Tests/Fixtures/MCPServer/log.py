"""One line on standard error for each request, before it is answered: `METHOD PATH STATUS WHAT`.

WHAT is the error, the kind of grant, the method that is called in the protocol, or `-`: no text that may hold a secret.
"""

import json
import sys
from urllib.parse import parse_qs, urlsplit


class Log:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        body = bytearray()
        held = None

        async def listen():
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def answer(message):
            nonlocal held
            if message["type"] == "http.response.start":
                held = message
                return
            if held is not None:
                what = error(held, message) or said(scope["path"], bytes(body))
                print(scope["method"], scope["path"], held["status"], what, file=sys.stderr, flush=True)
                await send(held)
                held = None
            await send(message)

        await self.app(scope, listen, answer)


def error(start, message):
    """The error in an answer, which stands in its JSON or in the address that it points to."""
    headers = dict(start["headers"])
    query = parse_qs(urlsplit(headers.get(b"location", b"").decode()).query)
    if "error" in query:
        return query["error"][0]
    if start["status"] < 400:
        return None
    try:
        return json.loads(message.get("body", b""))["error"]
    except (ValueError, KeyError, TypeError):
        return None


def said(path, body):
    if path == "/token":
        return parse_qs(body.decode()).get("grant_type", ["-"])[0]
    try:
        return json.loads(body)["method"]
    except (ValueError, KeyError, TypeError):
        return "-"
