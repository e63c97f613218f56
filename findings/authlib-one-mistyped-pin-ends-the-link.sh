#!/usr/bin/env bash
# OAuth 1.0a without a callback ("oob"): the person types a PIN, and with Authlib's server one mistake is the last.
#
# Expected: a wrong oauth_verifier is refused, and the right one is taken afterwards. RFC 5849 says nothing of a
# limit, so a form may say "that was not right, type it again".
# Happens (Authlib 1.9.10 with Flask): whatever is wrong with the request for the access token (the verifier, the
# signature, the time, a used nonce), the temporary token is deleted at once. The right PIN is then refused as well,
# with another status and another error that speaks of the token: 400 invalid_request first, 401 invalid_token after.
# The person has to open a new address and gets a new PIN.
# Source: observed; authlib/oauth1/rfc5849/authorization_server.py, create_token_response.
#
# Needs python3 with venv. Exit 0 while it is so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  authlib==1.9.10 flask==3.1.3 requests-oauthlib==2.0.0 oauthlib==4.0.1
cat > "$work/try.py" <<'PYTHON'
import logging, sys, threading
from importlib.metadata import version
from urllib.parse import parse_qsl

import requests
from authlib.integrations.flask_oauth1 import AuthorizationServer
from authlib.oauth1 import ClientMixin, TemporaryCredential
from flask import Flask
from requests_oauthlib import OAuth1
from werkzeug.serving import make_server

PIN = "4711"
temporary = {}


class Consumer(ClientMixin):
    def get_client_secret(self):
        return "the-secret"

    def get_rsa_public_key(self):
        return None


def begin(token, client, callback):
    # The person has agreed already: the PIN is there.
    made = TemporaryCredential(
        {**token, "client_id": client, "oauth_callback": callback, "oauth_verifier": PIN, "user_id": 1}
    )
    temporary[token["oauth_token"]] = made
    return made


app = Flask(__name__)
server = AuthorizationServer(app, query_client=lambda key: Consumer())
server.register_hook("exists_nonce", lambda *ignored: False)
server.register_hook("create_temporary_credential", begin)
server.register_hook("get_temporary_credential", lambda token: temporary.get(token))
server.register_hook("delete_temporary_credential", lambda token: temporary.pop(token, None))
server.register_hook("create_token_credential", lambda token, old: TemporaryCredential(token))
app.post("/request_token", endpoint="first")(lambda: server.create_temporary_credentials_response())
app.post("/access_token", endpoint="second")(lambda: server.create_token_response())
logging.getLogger("werkzeug").setLevel(logging.ERROR)
listener = make_server("127.0.0.1", 0, app, threaded=True)
threading.Thread(target=listener.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{listener.server_port}"


def token():
    signed = OAuth1("the-key", "the-secret", callback_uri="oob")
    return dict(parse_qsl(requests.post(f"{address}/request_token", auth=signed).text))


def redeem(token, pin):
    signed = OAuth1("the-key", "the-secret", token["oauth_token"], token["oauth_token_secret"], verifier=pin)
    answer = requests.post(f"{address}/access_token", auth=signed)
    error = dict(parse_qsl(answer.text)).get("error", "an access token")
    print(f"   PIN {pin}: {answer.status_code} {error}")
    return answer.status_code, error


print("Authlib", version("authlib"), "Flask", version("flask"))
print("the right PIN at once:")
first = redeem(token(), PIN)
print("a wrong one before it:")
once = token()
wrong, right = redeem(once, "4712"), redeem(once, PIN)
is_so = (
    first == (200, "an access token") and wrong == (400, "invalid_request") and right == (401, "invalid_token")
)
print("as described" if is_so else "CHANGED")
sys.exit(0 if is_so else 1)
PYTHON
"$work/venv/bin/python" "$work/try.py"
