#!/usr/bin/env bash
# Authlib's server: does token_type_hint change what is taken back (RFC 7009)?
#
# Expected: no. The hint is there to make the look-up faster: a server that does not find the token by it "MUST extend
# its search", and may leave it aside (RFC 7009, section 2.1).
# Happens (Authlib 1.9.10 with the functions that it has for SQLAlchemy 2.1.9): it decides. An access token
# without a hint ends the refresh token too; the same with the right hint, access_token, ends the access token alone,
# and the grant goes on renewing itself. A refresh token with the hint access_token is looked for among access tokens
# only: 200, and both live. A hint that it does not know is 401 unsupported_token_type, though client and token are
# right: RFC 6749 keeps 401 for a client that is not.
# Who wants to end a grant sends the refresh token, with its own hint or without one, and nothing else.
# Source: observed; authlib/integrations/sqla_oauth2/functions.py (create_query_token_func,
# create_revocation_endpoint), authlib/oauth2/rfc7009/revocation.py (check_params).
#
# Needs python3 with venv. Exit 0 while it is so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  authlib==1.9.10 flask==3.1.3 sqlalchemy==2.1.9
cat > "$work/try.py" <<'PYTHON'
import logging, sys
from importlib.metadata import version

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.integrations.sqla_oauth2 import (
    OAuth2ClientMixin, OAuth2TokenMixin, create_query_client_func, create_revocation_endpoint, create_save_token_func)
from flask import Flask
from sqlalchemy import Column, Integer, create_engine
from sqlalchemy.orm import DeclarativeBase, Session

logging.disable(logging.CRITICAL)


class Base(DeclarativeBase):
    pass


class Client(Base, OAuth2ClientMixin):
    __tablename__ = "client"
    id = Column(Integer, primary_key=True)


class Token(Base, OAuth2TokenMixin):
    __tablename__ = "token"
    id = Column(Integer, primary_key=True)


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
for name in ("mine", "other"):
    client = Client(client_id=name, client_secret="secret")
    client.set_client_metadata({"token_endpoint_auth_method": "client_secret_basic"})
    session.add(client)
app = Flask("server")
server = AuthorizationServer(
    app, query_client=create_query_client_func(session, Client), save_token=create_save_token_func(session, Token))
server.register_endpoint(create_revocation_endpoint(session, Token))
app.add_url_rule("/revoke", "revoke", lambda: server.create_endpoint_response("revocation"), methods=["POST"])
web = app.test_client()
count = 0


def revoke(kind, client="mine", **hint):
    """The status and error, and whether the access token and the refresh token live on."""
    global count
    count += 1
    token = Token(
        client_id="mine", token_type="Bearer", access_token=f"access{count}", refresh_token=f"refresh{count}",
        expires_in=3600)
    session.add(token)
    session.commit()
    answer = web.post("/revoke", data={"token": f"{kind}{count}", **hint}, auth=(client, "secret"))
    seen = (
        (answer.status_code, answer.get_json().get("error")),
        (token.access_token_revoked_at == 0, token.refresh_token_revoked_at == 0))
    print(f"   {kind} token, {hint.get('token_type_hint', 'no hint')}: {seen[0]}, live on (access, refresh): {seen[1]}")
    return seen


print("Authlib", version("authlib"), "SQLAlchemy", version("sqlalchemy"))
done = (200, None)
is_so = (
    revoke("access") == (done, (False, False))
    and revoke("access", token_type_hint="access_token") == (done, (False, True))
    and revoke("refresh") == (done, (False, False))
    and revoke("refresh", token_type_hint="refresh_token") == (done, (False, False))
    and revoke("refresh", token_type_hint="access_token") == (done, (True, True))
    and revoke("refresh", token_type_hint="id_token") == ((401, "unsupported_token_type"), (True, True))
)
print("as described" if is_so else "CHANGED")
sys.exit(0 if is_so else 1)
PYTHON
(cd "$work" && venv/bin/python try.py)
