#!/usr/bin/env bash
# django-oauth-toolkit: what does 200 mean when a token is taken back (RFC 7009)?
#
# Expected: the token is good for nothing. RFC 7009, section 2.1, wants a token that was issued to another client
# refused with an error, and, where a refresh token is taken back, the access tokens of the same grant ended with it.
# Happens (django-oauth-toolkit 3.4.1 with oauthlib 3.3.1): 200 with an empty body, whatever happened.
# With the right client and the newest token all of the grant is gone, also the refresh token when the access token
# is taken back. With another client of the same server, 200 and all of it lives. With the refresh token of before a rotation, 200,
# and what it was rotated into goes on working and renewing. So only the newest token ends a grant, and whoever wants to
# know whether it ended has to use it once more. An unknown token_type_hint is no error either: the token is found.
# Source: observed; oauth2_provider/oauth2_validators.py (revoke_token).
#
# Needs python3 with venv. Exit 0 while it is so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  django-oauth-toolkit==3.4.1 oauthlib==3.3.1 django==5.2.19
cat > "$work/addresses.py" <<'PYTHON'
from django.urls import include, path

urlpatterns = [path("o/", include("oauth2_provider.urls", namespace="oauth2_provider"))]
PYTHON
cat > "$work/try.py" <<'PYTHON'
import logging, sys
from base64 import b64encode
from importlib.metadata import version
from urllib.parse import urlencode

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="x" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF="addresses", USE_TZ=True,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    OAUTH2_PROVIDER={"SCOPES": {"read": "Read"}},
)
django.setup()
logging.disable(logging.CRITICAL)

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from oauth2_provider.models import AccessToken, Application

call_command("migrate", verbosity=0)
person = User.objects.create_user("ada", password="a password")
for name in ("mine", "other"):
    Application.objects.create(
        client_id=name, client_type="confidential", client_secret="secret", authorization_grant_type="password",
        name=name, user=person)
web = Client()


def post(path, client="mine", **form):
    basic = "Basic " + b64encode(f"{client}:secret".encode()).decode()
    return web.post(
        path, urlencode(form), content_type="application/x-www-form-urlencoded", HTTP_AUTHORIZATION=basic)


def grant():
    return post("/o/token/", grant_type="password", username="ada", password="a password", scope="read").json()


def renew(tokens):
    return post("/o/token/", grant_type="refresh_token", refresh_token=tokens["refresh_token"])


def revoke(token, client="mine", **hint):
    answer = post("/o/revoke_token/", client, token=token, **hint)
    return answer.status_code, answer.content.decode()


def lives(tokens):
    """Whether the access token is known, and whether the refresh token renews: asked last, for it rotates."""
    return AccessToken.objects.filter(token=tokens["access_token"]).exists(), renew(tokens).status_code == 200


print("django-oauth-toolkit", version("django-oauth-toolkit"), "oauthlib", version("oauthlib"))
seen = []


def tell(what, tokens, answer):
    seen.append((answer, lives(tokens)))
    print(f"   {what}: {seen[-1][0]}, lives on (access, refresh): {seen[-1][1]}")


tokens = grant()
tell("the access token", tokens, revoke(tokens["access_token"]))
tokens = grant()
tell("the refresh token", tokens, revoke(tokens["refresh_token"]))
tokens = grant()
tell("an unknown hint", tokens, revoke(tokens["access_token"], token_type_hint="id_token"))
tokens = grant()
tell("by another client", tokens, revoke(tokens["refresh_token"], client="other"))
old = grant()
new = renew(old).json()
tell("the refresh token of before a rotation", new, revoke(old["refresh_token"]))
print("   one that nobody knows:", revoke("nobody"))
done = (200, "")
is_so = seen == [(done, (False, False))] * 3 + [(done, (True, True))] * 2 and revoke("nobody") == done
print("as described" if is_so else "CHANGED")
sys.exit(0 if is_so else 1)
PYTHON
(cd "$work" && venv/bin/python try.py)
