"""OAuth 1.0a with Authlib: temporary tokens, a person's consent, access tokens, and calls that are signed with them."""

import threading

from authlib.integrations.flask_oauth1 import AuthorizationServer, ResourceProtector
from authlib.oauth1 import ClientMixin, TemporaryCredential, TokenCredentialMixin


class Consumer(ClientMixin):
    def __init__(self, settings):
        self.key = settings["key"]
        self.secret = settings["secret"]
        self.callbacks = settings.get("callbacks")

    def get_default_redirect_uri(self):
        return (self.callbacks or [None])[0]

    def get_client_secret(self):
        return self.secret

    def get_rsa_public_key(self):
        return None

    def allows(self, callback):
        """What stands before the query has to be registered; a consumer without a list may name any address."""
        return self.callbacks is None or callback.split("?")[0] in self.callbacks


class AccessToken(TokenCredentialMixin):
    def __init__(self, token, consumer):
        self.token = token["oauth_token"]
        self.secret = token["oauth_token_secret"]
        self.consumer = consumer

    def get_oauth_token(self):
        return self.token

    def get_oauth_token_secret(self):
        return self.secret


class Store:
    def __init__(self, settings):
        self.lock = threading.Lock()
        self.consumers = {c["key"]: Consumer(c) for c in settings.get("consumers", [])}
        self.temporary = {}
        self.tokens = {}
        self.nonces = set()

    def consumer(self, key):
        return self.consumers.get(key)

    def is_known_nonce(self, nonce, timestamp, client_id, oauth_token):
        used = (nonce, timestamp, client_id, oauth_token)
        with self.lock:
            is_known = used in self.nonces
            self.nonces.add(used)
        return is_known

    def begin(self, token, client_id, redirect_uri):
        credential = TemporaryCredential(
            {**token, "client_id": client_id, "oauth_callback": redirect_uri}
        )
        self.temporary[credential.get_oauth_token()] = credential
        return credential

    def credential(self, oauth_token):
        return self.temporary.get(oauth_token)

    def forget(self, oauth_token):
        self.temporary.pop(oauth_token, None)

    def agree(self, credential, user, verifier):
        credential.update(oauth_verifier=verifier, user_id=user.get_user_id())

    def finish(self, token, credential):
        made = AccessToken(token, credential.get_client_id())
        self.tokens[made.token] = made
        return made

    def token(self, client_id, oauth_token):
        token = self.tokens.get(oauth_token)
        return token if token and token.consumer == client_id else None


def build(app, store):
    """The library's server and the guard of what is protected."""
    app.config["OAUTH1_SUPPORTED_SIGNATURE_METHODS"] = ["HMAC-SHA1", "PLAINTEXT"]
    server = AuthorizationServer(app, query_client=store.consumer)
    hooks = {
        "exists_nonce": store.is_known_nonce,
        "create_temporary_credential": store.begin,
        "get_temporary_credential": store.credential,
        "delete_temporary_credential": store.forget,
        "create_authorization_verifier": store.agree,
        "create_token_credential": store.finish,
    }
    for name, hook in hooks.items():
        server.register_hook(name, hook)
    guard = ResourceProtector(
        app, query_client=store.consumer, query_token=store.token, exists_nonce=store.is_known_nonce
    )
    return server, guard
