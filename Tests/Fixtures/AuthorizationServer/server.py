"""An authorization server on loopback, with a person's consent, built with Authlib: OAuth 2.0 and OAuth 1.0a.

Usage: server.py SETTINGS.json. Prints `listening PORT` and answers until its standard input ends, so that it goes
with the test that started it. Needs Authlib (1.2 or newer) and Flask.

SETTINGS is one object; everything may be left out:

  certificate, key        PEM files of the server, which speaks TLS then
  clients                 applications of OAuth 2.0: client_id, client_secret (none: a public one), redirect_uris, and
                          where wanted scope (what it may ask for at most), method (the one way to prove itself),
                          grants, pkce (false makes it a choice), and any_port (true makes all ports of an address good)
  consumers               applications of OAuth 1.0a: key, secret, and where wanted callbacks
  scopes                  all there are; profile and items by default
  access_seconds          how long an access token lives; 3600
  code_seconds            how long a code lives; 300
  device_seconds          how long a device code lives; 600
  device_interval         the pace of a device's questions, in seconds; 5
  rotates                 whether a refresh token is good once; true
  iss                     whether the answer names the server (RFC 9207); false

OAuth 2.0:   /authorize  /token  /device_authorization  /device  /revoke
             /userinfo (scope profile)  /items (scope items)
OAuth 1.0a:  /oauth1/request_token  /oauth1/authorize  /oauth1/access_token  /oauth1/account

Every request is logged on standard error as `METHOD PATH STATUS WHAT` before it is answered: WHAT is the error with
what is known of it, or the kind of grant, or `-`.
"""

import json
import logging
import os
import ssl
import sys
import threading
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth1.rfc5849.errors import OAuth1Error
from authlib.oauth2 import OAuth2Error
from flask import Flask, g, jsonify, request
from werkzeug.serving import make_server

import oauth1
import oauth2
import pages
import records

DEFAULTS = {
    "scopes": ["profile", "items"],
    "access_seconds": 3600,
    "code_seconds": 300,
    "device_seconds": 600,
    "device_interval": 5,
    "rotates": True,
    "iss": False,
}


def add_oauth2(app, settings, address):
    store = records.Records(settings)
    server = oauth2.build(app, store, settings, address)
    protected = oauth2.protector(store)

    def shown(response):
        """What the browser gets: a redirect as it is, with the server's name if wanted; an error as a page."""
        location = response.headers.get("location")
        if location is None:
            body = response.get_json(force=True)
            g.error = body["error"]
            return pages.refusal(body["error"], body.get("error_description", ""))
        if settings["iss"]:
            mark = "&" if "?" in location else "?"
            response.headers["location"] = location + mark + urlencode({"iss": address})
        return response

    @app.get("/authorize")
    def ask():
        try:
            client = server.get_consent_grant(end_user=records.User()).client
        except OAuth2Error as error:
            made = server.create_oauth2_request(None)
            return shown(server.handle_error_response(made, error))
        return pages.consent(client.client_id, request.args.get("scope", "").split())

    @app.post("/authorize")
    def decide():
        user = records.User() if request.form.get("decision") == "agree" else None
        return shown(server.create_authorization_response(grant_user=user))

    @app.post("/token")
    def token():
        return server.create_token_response()

    @app.post("/revoke")
    def revoke():
        return server.create_endpoint_response("revocation")

    @app.post("/device_authorization")
    def device_authorization():
        return server.create_endpoint_response("device_authorization")

    @app.get("/device")
    def ask_for_device():
        return pages.user_code(request.args.get("user_code", ""))

    @app.post("/device")
    def decide_for_device():
        device = store.device(user_code=request.form.get("user_code", "").strip().upper())
        if device is None or device.is_expired() or device.decision is not None:
            return pages.refusal("no such code", "It may have expired.")
        device.decision = request.form.get("decision") == "agree"
        return pages.done("Go back to your device.")

    @app.get("/userinfo")
    @protected("profile")
    def userinfo():
        return jsonify(sub=records.User.user_id, name="Ada Lovelace")

    @app.route("/items", methods=["GET", "POST"])
    @protected("items")
    def items():
        return jsonify(items=[{"n": 1}, {"n": 2}])


def add_oauth1(app, settings):
    store = oauth1.Store(settings)
    server, guard = oauth1.build(app, store)

    @app.errorhandler(OAuth1Error)
    def refused(error):
        g.error = error.error
        return pages.refusal(error.error, error.description)

    @app.post("/oauth1/request_token")
    def request_token():
        return server.create_temporary_credentials_response()

    @app.get("/oauth1/authorize")
    def ask_for_consumer():
        credential = server.check_authorization_request().credential
        consumer, callback = store.consumer(credential.get_client_id()), credential["oauth_callback"]
        if callback != "oob" and not consumer.allows(callback):
            return pages.refusal("callback", "This callback is not registered.")
        return pages.consent(consumer.key)

    @app.post("/oauth1/authorize")
    def decide_for_consumer():
        asked = server.check_authorization_request()
        is_agreed = request.form.get("decision") == "agree"
        if asked.credential["oauth_callback"] != "oob":
            user = records.User() if is_agreed else None
            return server.create_authorization_response(grant_user=user)
        if not is_agreed:
            return pages.done("Nobody gets access.")
        asked.user = records.User()
        return pages.verifier(server.create_authorization_verifier(asked))

    @app.post("/oauth1/access_token")
    def access_token():
        return server.create_token_response()

    @app.route("/oauth1/account", methods=["GET", "POST"])
    @guard()
    def account():
        return jsonify(name=records.User.user_id)


def what(response):
    """What is said of a request in the log: no text that came with it, since that may hold a secret."""
    body = response.get_data(as_text=True)
    if body.startswith("{"):
        error = json.loads(body).get("error")
    else:
        query = urlsplit(response.headers.get("location", "")).query
        error = next((e for t in (query, body) for e in parse_qs(t).get("error", [])), g.get("error"))
    if error:
        return f"{error} {g.get('why', '')}".rstrip()
    return request.form.get("grant_type", "-") if response.status_code == 200 else "-"


def build(settings, address):
    app = Flask(__name__)
    add_oauth2(app, settings, address)
    add_oauth1(app, settings)

    @app.after_request
    def log(response):
        line = (request.method, request.path, response.status_code, what(response))
        print(*line, file=sys.stderr, flush=True)
        return response

    return app


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = {**DEFAULTS, **json.load(file)}
    # The library's own refusal of addresses without TLS.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    # The port is known only when the server listens, and the application needs it.
    server = make_server("127.0.0.1", 0, None, threaded=True)
    scheme = "http"
    if "certificate" in settings:
        scheme = "https"
        server.ssl_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.ssl_context.load_cert_chain(settings["certificate"], settings["key"])
        # The handshake belongs to the connection's own thread, and not to the one that accepts.
        server.socket = server.ssl_context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    server.app = build(settings, f"{scheme}://localhost:{server.port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("listening", server.port, flush=True)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
