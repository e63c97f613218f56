"""A server of MCP on loopback, built with the protocol's own SDK, that has an authorization server in it.

Usage: server.py SETTINGS.json. Prints `listening PORT` and answers until its standard input ends, so that it goes
with the test that started it. Needs what ../requirements.txt lists.

SETTINGS is one object; everything may be left out:

  certificate, key        PEM files of the server, which speaks TLS then
  scopes                  all that a client may register for; items.read and items.write by default
  required                the scopes that every call needs; items.read
  access_seconds          how long an access token lives; 3600
  code_seconds            how long a code lives; 300

The protocol is spoken at /mcp; the tool `add` adds two numbers, and `whoami` says whose token it was. The SDK serves
both documents of metadata, /authorize, /token, /register and /revoke; /consent is the page where a person decides.
GET /forget makes it forget every client and every token. log.py says what is logged.
"""

from mcp.server import MCPServer
from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.settings import AuthSettings, ClientRegistrationOptions, RevocationOptions

import serving
from provider import Provider

DEFAULTS = {
    "scopes": ["items.read", "items.write"],
    "required": ["items.read"],
    "access_seconds": 3600,
    "code_seconds": 300,
}


def build(settings, address):
    provider = Provider(settings, address)
    registration = ClientRegistrationOptions(enabled=True, valid_scopes=settings["scopes"])
    server = MCPServer(
        "adder",
        log_level="ERROR",
        auth_server_provider=provider,
        auth=AuthSettings(
            issuer_url=address,
            resource_server_url=f"{address}/mcp",
            required_scopes=settings["required"],
            client_registration_options=registration,
            revocation_options=RevocationOptions(enabled=True),
            validate_token_resource=True,
        ),
    )
    server.custom_route("/consent", methods=["GET", "POST"])(provider.consent)
    server.custom_route("/forget", methods=["GET"])(provider.start_anew)

    @server.tool()
    def add(a: int, b: int) -> int:
        """Adds two numbers."""
        return a + b

    @server.tool()
    def whoami() -> str:
        """Names the person whose token it is."""
        return get_access_token().subject

    # Every call stands for itself and is answered with JSON, so that a test needs one request.
    return server.streamable_http_app(stateless_http=True, json_response=True)


if __name__ == "__main__":
    serving.run(build, DEFAULTS)
