#!/usr/bin/env bash
# A wrong grant at the token address of two servers that are built on the same SDK.
#
# Expected: 400 with invalid_grant, as RFC 6749, section 5.2, has it, and 401 for a client that has not proved itself
# alone. A client may so take 401 for "the server does not know me" and register anew.
# Happens (fastmcp 4.2.3 on mcp 2.3.0): 401 with invalid_grant, for a wrong code_verifier, a code that was used, and a
# refresh token that was used, without WWW-Authenticate; mcp alone says 400. An unknown client is 401 as well, with
# invalid_client. So the word in the body decides, and never the status.
# Source: observed; fastmcp/server/auth/auth.py, TokenHandler; github.com/PrefectHQ/fastmcp pull request 2800, which
# reads the protocol's "Invalid or expired tokens MUST receive a HTTP 401 response" so.
#
# Needs python3 with venv. Exit 0 while it is so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check mcp==2.3.0 fastmcp==4.2.3
cat > "$work/mcp_flow.py" <<'PYTHON'
"""A server of fastmcp with its own provider for tests, and a public client that links itself."""
import base64, hashlib, json, secrets, socket, threading, urllib.error, urllib.request
from urllib.parse import parse_qsl, urlencode, urlsplit

import uvicorn
from fastmcp import FastMCP
from fastmcp.server.auth.auth import ClientRegistrationOptions, RevocationOptions
from fastmcp.server.auth.providers.in_memory import InMemoryOAuthProvider

BACK = "http://127.0.0.1:8976/callback"
listener = socket.create_server(("127.0.0.1", 0))
address = f"http://localhost:{listener.getsockname()[1]}"
provider = InMemoryOAuthProvider(
    base_url=address,
    client_registration_options=ClientRegistrationOptions(enabled=True, valid_scopes=["items"]),
    revocation_options=RevocationOptions(enabled=True),
)
app = FastMCP("server", auth=provider).http_app()
server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
threading.Thread(target=server.run, args=([listener],), daemon=True).start()


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *ignored):
        return None


opener = urllib.request.build_opener(NoRedirects)


def ask(path, form=None, document=None):
    body, headers = None, {}
    if form is not None:
        body = urlencode(form).encode()
    if document is not None:
        body, headers = json.dumps(document).encode(), {"Content-Type": "application/json"}
    try:
        answer = opener.open(urllib.request.Request(address + path, body, headers))
    except urllib.error.HTTPError as error:
        answer = error
    text = answer.read().decode()
    return answer.status, json.loads(text) if text.startswith("{") else {}, answer.headers


def register():
    return ask("/register", document={
        "redirect_uris": [BACK], "token_endpoint_auth_method": "none", "scope": "items"})[1]["client_id"]


def code(client, verifier):
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {"response_type": "code", "client_id": client, "redirect_uri": BACK, "scope": "items",
             "state": "s", "code_challenge": challenge, "code_challenge_method": "S256"}
    location = ask("/authorize?" + urlencode(query))[2]["Location"]
    return dict(parse_qsl(urlsplit(location).query))["code"]


def redeem(client, code, verifier):
    return ask("/token", {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK,
                          "client_id": client, "code_verifier": verifier})


def renew(client, token):
    return ask("/token", {"grant_type": "refresh_token", "refresh_token": token, "client_id": client})


def verifier():
    return secrets.token_urlsafe(32)
PYTHON
cat > "$work/try.py" <<'PYTHON'
import sys
from importlib.metadata import version

from mcp.server.auth.handlers import token as alone
from mcp_flow import code, redeem, register, renew, verifier

print("mcp", version("mcp"), "fastmcp", version("fastmcp"))
client, proof = register(), verifier()


def shown(what, answer):
    status, body, headers = answer
    seen = status, body.get("error"), headers.get("WWW-Authenticate")
    print(f"   {what}: {seen[0]} {seen[1]} ({body.get('error_description')}), WWW-Authenticate: {seen[2]}")
    return seen


once = code(client, proof)
wrong = shown("another code_verifier", redeem(client, once, verifier()))
token = redeem(client, once, proof)[1]["refresh_token"]
used = shown("a code that was used", redeem(client, once, proof))
renew(client, token)
spent = shown("a refresh token that was used", renew(client, token))
stranger = shown("a client that nobody knows", redeem("nobody", once, proof))
handler = alone.TokenHandler(None, None)
plain = handler.response(alone.TokenErrorResponse(error="invalid_grant")).status_code
print("   mcp's own handler for the same error:", plain)
is_so = (
    wrong == used == spent == (401, "invalid_grant", None)
    and stranger[:2] == (401, "invalid_client")
    and plain == 400
)
print("as described" if is_so else "CHANGED")
sys.exit(0 if is_so else 1)
PYTHON
"$work/venv/bin/python" "$work/try.py"
