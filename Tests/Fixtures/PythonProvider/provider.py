"""A provider on loopback that proves who asks it, written without a line of Usher's.

Usage: provider.py SETTINGS.json. Prints `listening PORT` and answers until its standard input ends, so that it goes
with the test that started it. Needs the standard library and `cryptography` alone.

SETTINGS is one object:

  certificate, key        PEM files of the server
  client_authority        optional: PEM file; only clients with a certificate of it get through the handshake
  routes                  list of routes; the first that fits answers. Or an object of such lists by name: the paths of
                          the list NAME then lie below /NAME. SERVER in a text stands for the address
                          that paths are added to

A route:

  method, path            what is asked; a path may end with * for any rest
  when                    optional: parameters that a request has to have for the route to fit
  auth                    a list of checks, each {"kind": …, …}; kinds are the keys of auth.CHECKS
  expect                  optional: {"query": {…}, "headers": {…}, "json"|"form"|"text"|"body": …}; text is a part of
                          the body, and body all of it
  answer                  {"status", "headers", "json"|"text"}; 200 and {} by default. "NOW(60)" in the JSON becomes the
                          moment in 60 seconds, as a number
  refusal                 the answer when a check fails; 401 and the OAuth error invalid_client by default

The answer to every refusal carries `x-refused: WHY`, and every request is logged on standard error as
`METHOD PATH STATUS WHY` before it is answered, so that a failing test can say what did not fit.
"""

import json
import re
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import auth


class Request:
    """What a client sent, in the forms that the checks look at."""

    def __init__(self, method, target, headers, body):
        self.method = method
        self.target = target
        parts = urlsplit(target)
        self.path = parts.path
        self.query_text = parts.query
        self.query = parse_qsl(parts.query, keep_blank_values=True)
        self.headers = headers
        self.body = body

    def header(self, name):
        return self.headers.get(name, "")

    @property
    def form(self):
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def parameters(self):
        """Members of the body, form or JSON, and of the query: where a token request puts what it says."""
        body = self.json if self.body[:1] == b"{" else self.form
        return {**dict(self.query), **(body or {})}


def mismatch(request, expected):
    """Why a request is not the expected one; None when it is."""
    for name, value in expected.get("query", {}).items():
        if dict(request.query).get(name) != value:
            return f"query parameter {name} is {dict(request.query).get(name)!r}"
    for name, value in expected.get("headers", {}).items():
        if request.headers.get(name) != value:
            return f"header {name} is {request.headers.get(name)!r}"
    if "json" in expected and request.json != expected["json"]:
        return f"body is {request.body!r}"
    if "form" in expected and request.form != expected["form"]:
        return f"form is {request.form!r}"
    if "body" in expected and request.body != expected["body"].encode():
        return f"body is {request.body!r}"
    if "text" in expected and expected["text"] not in request.body.decode(errors="replace"):
        return f"body is {request.body!r}"
    return None


def all_routes(routes, address):
    """One list of routes, with whole paths and addresses."""
    if isinstance(routes, list):
        return json.loads(json.dumps(routes).replace("SERVER", address))
    return [
        {**route, "path": f"/{name}{route['path']}"}
        for name, below in routes.items()
        for route in all_routes(below, f"{address}/{name}")
    ]


def fits(route, request):
    path = route["path"]
    is_path = (
        request.path.startswith(path[:-1]) if path.endswith("*") else request.path == path
    )
    is_it = is_path and route.get("method", "GET") == request.method
    return is_it and all(request.parameters.get(n) == v for n, v in route.get("when", {}).items())


def respond(routes, request):
    """The answer to a request, and why it is a refusal if it is one."""
    route = next((route for route in routes if fits(route, request)), None)
    if route is None:
        return {"status": 404, "json": {"error": "not_found"}}, "no such route"
    why = mismatch(request, route.get("expect", {}))
    for check in [] if why else route.get("auth", []):
        try:
            auth.CHECKS[check["kind"]](request, check)
        except ValueError as refused:
            why = f"{check['kind']}: {refused}"
            break
    if why:
        refusal = {"status": 401, "json": {"error": "invalid_client"}}
        return route.get("refusal", refusal), why
    return route.get("answer", {}), None


def moment(match):
    return str(int(time.time()) + int(match[1]))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        request = Request(self.command, self.path, self.headers, body)
        answer, why = respond(self.server.routes, request)
        status = answer.get("status", 200)
        if "text" in answer:
            content, kind = answer["text"].encode(), "text/plain"
        else:
            text = re.sub(r'"NOW\((\d+)\)"', moment, json.dumps(answer.get("json", {})))
            content, kind = text.encode(), "application/json"
        headers = {"content-type": kind, **answer.get("headers", {})}
        if why:
            headers["x-refused"] = " ".join(why.split())[:500]
        print(request.method, request.path, status, why or "-", file=sys.stderr, flush=True)
        self.send_response(status)
        for name, value in headers.items():
            for single in value if isinstance(value, list) else [value]:
                self.send_header(name, single)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, settings):
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes = all_routes(settings["routes"], f"https://localhost:{self.server_port}")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(settings["certificate"], settings["key"])
        if settings.get("client_authority"):
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(settings["client_authority"])
        # The handshake belongs to the connection's own thread, and not to the one that accepts.
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )

    def handle_error(self, request, client_address):
        print("connection failed:", sys.exc_info()[1], file=sys.stderr, flush=True)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        server = Server(json.load(file))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("listening", server.server_address[1], flush=True)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
