"""OAuth 2.0 with Authlib: which grants there are, and what they do beyond the library's own.

PKCE has to be S256, and confidential clients need it too. A refresh token is good once; who shows a used one loses all
that came of the same consent.
"""

import secrets

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2.rfc6749 import InvalidRequestError, grants
from authlib.oauth2.rfc6750 import BearerTokenGenerator, BearerTokenValidator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc8628 import DeviceAuthorizationEndpoint, DeviceCodeGrant
from flask import g, request as asked

import records

METHODS = ["client_secret_basic", "client_secret_post", "none"]


class ProofKey(CodeChallenge):
    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant, *rest):
        super().validate_code_challenge(grant, *rest)
        is_proved = asked.values.get("code_challenge_method") == "S256"
        if grant.request.client.demands_proof and not is_proved:
            raise InvalidRequestError("S256 is demanded", state=asked.values.get("state"))


def build(app, store, settings, address):
    """The library's server, with everything registered that `settings` ask for."""

    class AuthorizationCodeGrant(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = METHODS

        def save_authorization_code(self, code, request):
            # What the person left ticked, and no more.
            scope = " ".join(asked.form.getlist("granted"))
            made = records.Code(request.client, asked.values, scope, settings["code_seconds"])
            with store.lock:
                store.codes[code] = made

        def query_authorization_code(self, code, client):
            return store.take_code(code, client)

        def delete_authorization_code(self, authorization_code):
            pass

        def authenticate_user(self, authorization_code):
            return records.User()

    class RefreshTokenGrant(grants.RefreshTokenGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = METHODS
        INCLUDE_NEW_REFRESH_TOKEN = settings["rotates"]

        def authenticate_refresh_token(self, refresh_token):
            token = store.token(refresh_token, ["refresh_token"])
            if token is None or token.is_gone:
                return None
            if settings["rotates"] and not store.spend(token):
                g.why = "a used refresh token"
                store.end_family(token.family)
                return None
            g.redeemed = token
            return token

        def authenticate_user(self, credential):
            return records.User()

        def revoke_old_credential(self, credential):
            pass

    class DeviceGrant(DeviceCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = METHODS

        def query_device_credential(self, device_code):
            g.redeemed = store.device(device_code=device_code)
            return g.redeemed

        def query_user_grant(self, user_code):
            device = store.device(user_code=user_code)
            return None if device.decision is None else (records.User(), device.decision)

        def should_slow_down(self, credential):
            return credential.is_asked_too_soon()

    class DeviceEndpoint(DeviceAuthorizationEndpoint):
        EXPIRES_IN = settings["device_seconds"]
        INTERVAL = settings["device_interval"]

        def get_verification_uri(self):
            return f"{address}/device"

        def save_device_credential(self, client_id, scope, data):
            # A confidential client may name itself in its header alone.
            client_id = client_id or asked.authorization.username
            with store.lock:
                store.devices[data["device_code"]] = records.DeviceCode(client_id, scope, data)

    class Revocation(RevocationEndpoint):
        CLIENT_AUTH_METHODS = METHODS

        def query_token(self, token_string, token_type_hint):
            return store.token(token_string)

        def revoke_token(self, token, request):
            store.end_family(token.family)

    def save_token(answer, request):
        old = g.get("redeemed")
        family = old.family if isinstance(old, records.Token) else secrets.token_hex(8)
        token = records.Token(answer, request.client.client_id, family)
        if token.refresh_token is None and isinstance(old, records.Token):
            token.refresh_token = old.refresh_token
        with store.lock:
            store.tokens.append(token)
            if isinstance(old, records.DeviceCode):
                del store.devices[old["device_code"]]

    def random_text(**ignored):
        return secrets.token_urlsafe(32)

    server = AuthorizationServer(app, query_client=store.client, save_token=save_token)
    server.register_token_generator(
        "default", BearerTokenGenerator(random_text, random_text, settings["access_seconds"])
    )
    server.scopes_supported = settings["scopes"]
    server.register_grant(AuthorizationCodeGrant, [ProofKey(required=True)])
    server.register_grant(RefreshTokenGrant)
    server.register_grant(DeviceGrant)
    server.register_endpoint(DeviceEndpoint)
    server.register_endpoint(Revocation)
    return server


def protector(store):
    class Validator(BearerTokenValidator):
        def authenticate_token(self, token_string):
            return store.token(token_string, ["access_token"])

    protector = ResourceProtector()
    protector.register_token_validator(Validator())
    return protector
