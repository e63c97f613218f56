"""A server of MCP on loopback, built with fastmcp, that sends people on to another authorization server.

It registers clients itself and shows a page of its own first; then the person decides at the other server; then the
browser comes back here, and from here it goes to the client. Its tokens are its own. Its answers in the browser name it
(RFC 9207).

Usage: proxy.py SETTINGS.json. Prints `listening PORT` and answers until its standard input ends, so that it goes
with the test that started it. Needs what ../requirements.txt lists.

SETTINGS is one object:

  upstream                the address of the other server, as Fixtures/AuthorizationServer has it
  client_id, client_secret
                          the application there, which may be sent back to /auth/callback on any port of localhost
  authority               optional: PEM file that the other server is trusted by
  certificate, key        optional: PEM files of this server, which speaks TLS then
  scopes                  all that a client may register for; profile and items by default
  required                the scopes that every call needs; profile

The protocol is spoken at /mcp; the tool `add` adds two numbers. log.py says what is logged.
"""

import asyncio
import json
import os
import urllib.request

# Said before the library is read: it would write more than one line for a request.
os.environ |= {"FASTMCP_LOG_LEVEL": "CRITICAL", "FASTMCP_CHECK_FOR_UPDATES": "off"}

from fastmcp import FastMCP
from fastmcp.server.auth import AccessToken, OAuthProxy, TokenVerifier
from key_value.aio.stores.memory import MemoryStore

import serving

DEFAULTS = {"scopes": ["profile", "items"], "required": ["profile"]}


class Verifier(TokenVerifier):
    """Asks the other server whose token it is. What that server has refused to show has not the scope."""

    def __init__(self, upstream, required):
        super().__init__(required_scopes=required)
        self.upstream = upstream

    async def verify_token(self, token):
        person = await asyncio.to_thread(self.person, token)
        if person is None:
            return None
        return AccessToken(token=token, client_id=person["sub"], scopes=self.required_scopes)

    def person(self, token):
        request = urllib.request.Request(
            f"{self.upstream}/userinfo", headers={"Authorization": f"Bearer {token}"}
        )
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)
        except OSError:
            return None


def build(settings, address):
    if "authority" in settings:
        os.environ["SSL_CERT_FILE"] = settings["authority"]
    upstream = settings["upstream"]
    server = FastMCP(
        "adder",
        auth=OAuthProxy(
            upstream_authorization_endpoint=f"{upstream}/authorize",
            upstream_token_endpoint=f"{upstream}/token",
            upstream_client_id=settings["client_id"],
            upstream_client_secret=settings["client_secret"],
            token_verifier=Verifier(upstream, settings["required"]),
            base_url=address,
            valid_scopes=settings["scopes"],
            # The other server does not know it.
            forward_resource=False,
            client_storage=MemoryStore(),
            jwt_signing_key=os.urandom(32),
        ),
    )

    @server.tool
    def add(a: int, b: int) -> int:
        """Adds two numbers."""
        return a + b

    # Every call stands for itself and is answered with JSON, so that a test needs one request.
    return server.http_app(stateless_http=True, json_response=True)


if __name__ == "__main__":
    serving.run(build, DEFAULTS)
