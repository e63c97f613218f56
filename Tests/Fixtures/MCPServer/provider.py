"""Who may use the server: the part that the SDK leaves to its users, kept in memory.

A person agrees or refuses on a page. A refresh token is good once; who shows a used one loses all that came of the same
consent. A token is good for the resource alone that was named when it was asked for.
"""

import secrets
import time
from html import escape

from mcp.server.auth.provider import (
    AccessToken,
    AuthorizationCode,
    OAuthAuthorizationServerProvider,
    RefreshToken,
    construct_redirect_uri,
)
from mcp.shared.auth import OAuthToken
from starlette.responses import HTMLResponse, RedirectResponse


class Code(AuthorizationCode):
    family: str


class Refresh(RefreshToken):
    family: str
    is_spent: bool = False


class Access(AccessToken):
    family: str


class Provider(OAuthAuthorizationServerProvider[Code, Refresh, Access]):
    def __init__(self, settings, address):
        self.settings = settings
        self.address = address
        self.forget()

    def forget(self):
        """As a server that was set up anew."""
        self.clients, self.asked, self.codes, self.refreshes, self.accesses = {}, {}, {}, {}, {}

    async def get_client(self, client_id):
        return self.clients.get(client_id)

    async def register_client(self, client_info):
        self.clients[client_info.client_id] = client_info

    async def authorize(self, client, params):
        ticket = secrets.token_urlsafe(16)
        self.asked[ticket] = (client, params)
        return f"{self.address}/consent?ticket={ticket}"

    async def load_authorization_code(self, client, authorization_code):
        code = self.codes.get(authorization_code)
        return code if code and code.client_id == client.client_id else None

    async def exchange_authorization_code(self, client, authorization_code):
        del self.codes[authorization_code.code]
        return self.tokens(authorization_code, authorization_code.scopes)

    async def load_refresh_token(self, client, refresh_token):
        token = self.refreshes.get(refresh_token)
        if token is None or token.client_id != client.client_id:
            return None
        if token.is_spent:
            self.end_family(token.family)
            return None
        return token

    async def exchange_refresh_token(self, client, refresh_token, scopes):
        refresh_token.is_spent = True
        return self.tokens(refresh_token, scopes)

    async def load_access_token(self, token):
        access = self.accesses.get(token)
        return access if access and access.expires_at > time.time() else None

    async def revoke_token(self, token):
        self.end_family(token.family)

    def end_family(self, family):
        self.accesses = {n: t for n, t in self.accesses.items() if t.family != family}
        self.refreshes = {n: t for n, t in self.refreshes.items() if t.family != family}

    def tokens(self, grant, scopes):
        """The answer to a code or a refresh token, which lives on in the family of that."""
        seconds = self.settings["access_seconds"]
        common = {
            "client_id": grant.client_id,
            "scopes": scopes,
            "resource": grant.resource,
            "subject": grant.subject,
            "family": grant.family,
        }
        access, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        ends = int(time.time()) + seconds
        self.accesses[access] = Access(token=access, expires_at=ends, **common)
        self.refreshes[refresh] = Refresh(token=refresh, **common)
        return OAuthToken(
            access_token=access, expires_in=seconds, scope=" ".join(scopes), refresh_token=refresh
        )

    async def consent(self, request):
        """The page between the address that the person opens and the one that the browser ends on."""
        ticket = request.query_params.get("ticket")
        if ticket not in self.asked:
            return HTMLResponse("<h1>That is over</h1>", 400)
        client, params = self.asked[ticket]
        if request.method == "GET":
            return HTMLResponse(page(client.client_name or client.client_id, params.scopes or []))
        del self.asked[ticket]
        back = str(params.redirect_uri)
        form = await request.form()
        if form.get("decision") != "agree":
            answer = {"error": "access_denied", "state": params.state}
        else:
            code = secrets.token_urlsafe(32)
            self.codes[code] = Code(
                code=code,
                scopes=form.getlist("granted"),
                expires_at=time.time() + self.settings["code_seconds"],
                client_id=client.client_id,
                code_challenge=params.code_challenge,
                redirect_uri=params.redirect_uri,
                redirect_uri_provided_explicitly=params.redirect_uri_provided_explicitly,
                resource=params.resource,
                subject="ada",
                family=secrets.token_hex(8),
            )
            answer = {"code": code, "state": params.state}
        return RedirectResponse(construct_redirect_uri(back, **answer), 302)

    async def start_anew(self, request):
        self.forget()
        return HTMLResponse("<h1>Everything is forgotten</h1>")


def page(name, scopes):
    boxes = "".join(
        f'<p><label><input type=checkbox name=granted value="{escape(s)}" checked> {escape(s)}</label>'
        for s in scopes
    )
    return (
        f"<!doctype html><html lang=en><title>Consent</title><h1>Does {escape(name)} get access?</h1>"
        f"<form method=post>{boxes}<p><button name=decision value=agree>Agree</button>"
        "<button name=decision value=refuse>Refuse</button></form>"
    )
