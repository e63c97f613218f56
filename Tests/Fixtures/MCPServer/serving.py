"""How both servers run: from their settings to the end of their standard input."""

import json
import socket
import sys
import threading

import uvicorn

from log import Log


def run(build, defaults):
    """`build` makes the application of settings and of the address that it will be reached at."""
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = {**defaults, **json.load(file)}
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    tls = {}
    if "certificate" in settings:
        tls = {"ssl_certfile": settings["certificate"], "ssl_keyfile": settings["key"]}
    app = Log(build(settings, f"{'https' if tls else 'http'}://localhost:{port}"))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, **tls))
    threading.Thread(target=server.run, args=([listener],), daemon=True).start()
    print("listening", port, flush=True)
    sys.stdin.buffer.read()
