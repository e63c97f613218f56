#!/usr/bin/env bash
# OAuth 1.0a: Authlib's server confirms the callback with another word than the standard's.
#
# Expected: the answer to the first request has oauth_callback_confirmed=true, as RFC 5849, section 2.1, demands
# ("MUST be present and set to "true""). Clients compare with that word and stop where it differs (dghubble/oauth1 in
# Go: "oauth_callback_confirmed was not true").
# Happens (Authlib 1.9.10 and 1.2.0 with Flask): it says oauth_callback_confirmed=True, since a Python value is
# written out as it is. What confirms has to be read without regard to case, or not at all.
# Source: observed; authlib/oauth1/rfc5849/authorization_server.py, create_temporary_credentials_response.
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

import requests
from authlib.integrations.flask_oauth1 import AuthorizationServer
from authlib.oauth1 import ClientMixin, TemporaryCredential
from flask import Flask
from requests_oauthlib import OAuth1
from werkzeug.serving import make_server


class Consumer(ClientMixin):
    def get_client_secret(self):
        return "the-secret"

    def get_rsa_public_key(self):
        return None


app = Flask(__name__)
server = AuthorizationServer(app, query_client=lambda key: Consumer())
server.register_hook("exists_nonce", lambda *ignored: False)
server.register_hook(
    "create_temporary_credential",
    lambda token, client, callback: TemporaryCredential({**token, "client_id": client, "oauth_callback": callback}),
)
app.post("/request_token")(lambda: server.create_temporary_credentials_response())
logging.getLogger("werkzeug").setLevel(logging.ERROR)
listener = make_server("127.0.0.1", 0, app, threaded=True)
threading.Thread(target=listener.serve_forever, daemon=True).start()

signed = OAuth1("the-key", "the-secret", callback_uri="http://127.0.0.1:8976/callback")
answer = requests.post(f"http://127.0.0.1:{listener.server_port}/request_token", auth=signed)
confirmed = answer.text.split("oauth_callback_confirmed=")[1]
print("Authlib", version("authlib"), "Flask", version("flask"))
print("status", answer.status_code, answer.headers["content-type"])
print("oauth_callback_confirmed =", confirmed)
is_so = answer.status_code == 200 and confirmed == "True"
print("as described" if is_so else "CHANGED")
sys.exit(0 if is_so else 1)
PYTHON
"$work/venv/bin/python" "$work/try.py"
