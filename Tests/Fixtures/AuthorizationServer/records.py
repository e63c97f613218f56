"""What the server remembers while it runs: clients, codes, tokens, and what was said about device codes.

Everything lies in memory and goes with the program. One lock guards it, since every connection has its own thread.
"""

import hmac
import threading
import time
from urllib.parse import urlsplit

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, TokenMixin
from authlib.oauth2.rfc6749.util import list_to_scope, scope_to_list
from authlib.oauth2.rfc8628 import DEVICE_CODE_GRANT_TYPE, DeviceCredentialDict

GRANTS = ("authorization_code", "refresh_token", DEVICE_CODE_GRANT_TYPE)
SECRET_METHODS = ("client_secret_basic", "client_secret_post")


def portless(address):
    parts = urlsplit(address)
    return parts._replace(netloc=parts.hostname or "").geturl()


class User:
    """The one person who has an account here."""

    user_id = "ada"

    def get_user_id(self):
        return self.user_id


class Client(ClientMixin):
    """A registered application. Without a secret it is a public one."""

    def __init__(self, settings):
        self.client_id = settings["client_id"]
        self.client_secret = settings.get("client_secret")
        self.redirect_uris = settings.get("redirect_uris", [])
        self.scope = settings.get("scope")
        self.grants = settings.get("grants", GRANTS)
        self.demands_proof = settings.get("pkce", True)
        self.any_port = settings.get("any_port", False)
        method = settings.get("method")
        if self.client_secret is None:
            self.methods = ("none",)
        else:
            self.methods = (method,) if method else SECRET_METHODS

    def get_client_id(self):
        return self.client_id

    def get_default_redirect_uri(self):
        return self.redirect_uris[0] if self.redirect_uris else None

    def get_allowed_scope(self, scope):
        """A client without a scope of its own may have every scope."""
        asked = scope_to_list(scope) or []
        allowed = asked if self.scope is None else scope_to_list(self.scope)
        return list_to_scope([name for name in asked if name in allowed])

    def check_redirect_uri(self, redirect_uri):
        """Letter by letter, or with any port for loopback (RFC 8252, section 7.3)."""
        if not self.any_port:
            return redirect_uri in self.redirect_uris
        return portless(redirect_uri) in map(portless, self.redirect_uris)

    def check_client_secret(self, client_secret):
        return hmac.compare_digest((self.client_secret or "").encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method, endpoint):
        return method in self.methods

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type in self.grants


class Code(AuthorizationCodeMixin):
    """What a code stands for: the request that the person agreed to."""

    def __init__(self, client, request, scope, seconds):
        self.client_id = client.client_id
        self.redirect_uri = request.get("redirect_uri")
        self.scope = scope
        self.code_challenge = request.get("code_challenge")
        self.code_challenge_method = request.get("code_challenge_method")
        self.ends = time.time() + seconds

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope


class Token(TokenMixin):
    """An access token and the refresh token that came with it. All that came of one consent have one `family`."""

    def __init__(self, answer, client_id, family):
        self.access_token = answer["access_token"]
        self.refresh_token = answer.get("refresh_token")
        self.scope = answer.get("scope", "")
        self.expires_in = answer.get("expires_in", 0)
        self.client_id = client_id
        self.family = family
        self.issued = time.time()
        self.is_spent = False
        self.is_gone = False

    def check_client(self, client):
        return self.client_id == client.client_id

    def get_scope(self):
        return self.scope

    def get_expires_in(self):
        return self.expires_in

    def is_expired(self):
        return self.expires_in > 0 and time.time() >= self.issued + self.expires_in

    def is_revoked(self):
        return self.is_gone


class DeviceCode(DeviceCredentialDict):
    """What a device waits for, with the moment of its last question, the pace, and the person's answer."""

    def __init__(self, client_id, scope, answer):
        super().__init__(
            client_id=client_id,
            scope=scope,
            user_code=answer["user_code"],
            device_code=answer["device_code"],
            expires_at=time.time() + answer["expires_in"],
        )
        self.pace = answer["interval"]
        self.asked = None
        self.decision = None

    def is_asked_too_soon(self):
        """Whether this question came before its time; if so the pace gets slower, as RFC 8628 wants it."""
        now = time.monotonic()
        is_soon = self.asked is not None and now - self.asked < self.pace
        self.asked = now
        if is_soon:
            self.pace += 5
        return is_soon


class Records:
    def __init__(self, settings):
        self.lock = threading.Lock()
        self.clients = {c["client_id"]: Client(c) for c in settings.get("clients", [])}
        self.codes = {}
        self.tokens = []
        self.devices = {}

    def client(self, client_id):
        return self.clients.get(client_id)

    def take_code(self, text, client):
        """A code is good once."""
        with self.lock:
            code = self.codes.pop(text, None)
        return code if code and code.client_id == client.client_id and code.ends > time.time() else None

    def token(self, text, kinds=("access_token", "refresh_token")):
        with self.lock:
            return next((t for t in self.tokens for k in kinds if getattr(t, k) == text), None)

    def spend(self, token):
        """Whether this is the first use of a refresh token. Of two at the same moment one alone is the first."""
        with self.lock:
            is_first = not token.is_spent
            token.is_spent = True
        return is_first

    def device(self, **wanted):
        with self.lock:
            return next(
                (d for d in self.devices.values() if all(d.get(n) == v for n, v in wanted.items())), None
            )

    def end_family(self, family):
        with self.lock:
            for token in self.tokens:
                if token.family == family:
                    token.is_gone = True
