#!/usr/bin/env bash
# `resource` (RFC 8707) at a server of MCP that takes tokens for itself alone: where does it have to be named?
#
# Expected: the token request decides, or both do: RFC 8707 allows the parameter in either, and the token request is
# the one that the token comes from.
# Happens (mcp 2.3.0): the `resource` of the token request is read and dropped; no hook of the SDK is given it. Only
# that of the authorization address counts. A client that names it at /token alone gets a token with 200, and every
# call with it is 401 invalid_token "Authentication required", the same words as with no token at all; a renewal does
# not mend it. Named in the address alone, the token is good. A slash behind it is forgiven.
# Source: observed; mcp/server/auth/handlers/token.py (resource is a member of the request and never passed on),
# mcp/server/auth/provider.py (exchange_authorization_code takes client and code),
# AuthSettings.validate_token_resource, which becomes the default in 3.0.
#
# Needs python3 with venv. Exit 0 while it is so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check mcp==2.3.0
cat > "$work/try.py" <<'PYTHON'
import base64, hashlib, json, secrets, socket, sys, threading, time, urllib.error, urllib.request
from importlib.metadata import version
from urllib.parse import parse_qsl, urlencode, urlsplit

import uvicorn
from mcp.server import MCPServer
from mcp.server.auth.provider import (
    AccessToken, AuthorizationCode, OAuthAuthorizationServerProvider, RefreshToken, construct_redirect_uri)
from mcp.server.auth.settings import AuthSettings, ClientRegistrationOptions
from mcp.shared.auth import OAuthToken

BACK = "http://127.0.0.1:8976/callback"


class Provider(OAuthAuthorizationServerProvider):
    """Keeps what the SDK gives it, and everybody agrees."""

    clients, codes, refreshes, accesses = {}, {}, {}, {}

    async def get_client(self, client_id):
        return self.clients.get(client_id)

    async def register_client(self, client_info):
        self.clients[client_info.client_id] = client_info

    async def authorize(self, client, params):
        code = secrets.token_urlsafe()
        self.codes[code] = AuthorizationCode(
            code=code, scopes=params.scopes or [], expires_at=time.time() + 60, client_id=client.client_id,
            code_challenge=params.code_challenge, redirect_uri=params.redirect_uri,
            redirect_uri_provided_explicitly=params.redirect_uri_provided_explicitly, resource=params.resource)
        return construct_redirect_uri(str(params.redirect_uri), code=code, state=params.state)

    async def load_authorization_code(self, client, authorization_code):
        return self.codes.get(authorization_code)

    async def exchange_authorization_code(self, client, authorization_code):
        return self.tokens(authorization_code)

    async def load_refresh_token(self, client, refresh_token):
        return self.refreshes.get(refresh_token)

    async def exchange_refresh_token(self, client, refresh_token, scopes):
        return self.tokens(refresh_token)

    async def load_access_token(self, token):
        return self.accesses.get(token)

    def tokens(self, grant):
        access, refresh = secrets.token_urlsafe(), secrets.token_urlsafe()
        common = {"client_id": grant.client_id, "scopes": grant.scopes, "resource": grant.resource}
        self.accesses[access] = AccessToken(token=access, **common)
        self.refreshes[refresh] = RefreshToken(token=refresh, **common)
        return OAuthToken(access_token=access, refresh_token=refresh)


listener = socket.create_server(("127.0.0.1", 0))
address = f"http://localhost:{listener.getsockname()[1]}"
here = f"{address}/mcp"
app = MCPServer("server", log_level="CRITICAL", auth_server_provider=Provider(), auth=AuthSettings(
    issuer_url=address, resource_server_url=here, validate_token_resource=True,
    client_registration_options=ClientRegistrationOptions(enabled=True, valid_scopes=["items"]),
)).streamable_http_app(stateless_http=True, json_response=True)
server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
threading.Thread(target=server.run, args=([listener],), daemon=True).start()


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *ignored):
        return None


opener = urllib.request.build_opener(NoRedirects)


def ask(path, form=None, document=None, **headers):
    body = None if form is None else urlencode(form).encode()
    if document is not None:
        body = json.dumps(document).encode()
        headers.update({"Content-Type": "application/json", "Accept": "application/json, text/event-stream"})
    try:
        answer = opener.open(urllib.request.Request(address + path, body, headers))
    except urllib.error.HTTPError as error:
        answer = error
    text = answer.read().decode()
    return answer.status, json.loads(text) if text.startswith("{") else {}, answer.headers


def call(token):
    document = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    status, body, _ = ask("/mcp", document=document, **headers)
    return status, body.get("error_description", "the tools")


def linked(in_address, in_request, note=""):
    proof = secrets.token_urlsafe(32)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(proof.encode()).digest()).rstrip(b"=").decode()
    query = {"response_type": "code", "client_id": client, "redirect_uri": BACK, "scope": "items", "state": "s",
             "code_challenge": challenge, "code_challenge_method": "S256", **in_address}
    code = dict(parse_qsl(urlsplit(ask("/authorize?" + urlencode(query))[2]["Location"]).query))["code"]
    status, tokens, _ = ask("/token", {
        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": client,
        "code_verifier": proof, **in_request})
    renewed = ask("/token", {
        "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"], "client_id": client,
        **in_request})[1]
    seen = status, call(tokens["access_token"]), call(renewed["access_token"])
    where = f"{'' if in_address else 'not '}in the address, {'' if in_request else 'not '}in the token request{note}"
    print(f"   {where}: /token {seen[0]}; a call {seen[1]}; after a renewal {seen[2]}")
    return seen[1][0], seen[2][0]


print("mcp", version("mcp"))
client = ask("/register", document={
    "redirect_uris": [BACK], "token_endpoint_auth_method": "none", "scope": "items"})[1]["client_id"]
named = {"resource": here}
both, first, second = linked(named, named), linked(named, {}), linked({}, named)
slash = linked({"resource": here + "/"}, {}, ", with a slash behind it")
nothing = call(None)
print("   without a token:", nothing)
is_so = both == first == slash == (200, 200) and second == (401, 401) and nothing[0] == 401
print("as described" if is_so else "CHANGED")
sys.exit(0 if is_so else 1)
PYTHON
"$work/venv/bin/python" "$work/try.py"
