#!/usr/bin/env bash
# The device grant at django-oauth-toolkit: who says that the code on the screen is too old?
#
# Expected: a poll after `expires_in` is answered with 400 expired_token (RFC 8628, section 3.5), so a device may ask
# until it is told to stop; and a code that the server does not know is an error of that list too, or invalid_grant.
# Happens (django-oauth-toolkit 3.4.1 with oauthlib 3.3.1): an hour after its end a code is still answered with 400
# authorization_pending, again and again: its end is looked at only when a person types the code too late, and then
# the next poll says expired_token. slow_down is never said, however fast the polls come. A code that the server does
# not know (any more) is 404 with {"error": "device_not_found"}, which is in no standard. So the device has to watch
# the clock itself. And the person has to type the code letter by letter: small letters, or a dash in the middle, are
# "Incorrect user code", though RFC 8628, section 6.1, advises to forgive both. What is shown has to be what was sent.
# Source: observed; oauth2_provider/views/base.py (TokenView.device_flow_token_response), views/device.py, models.py.
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
from datetime import timedelta
from importlib.metadata import version
from urllib.parse import urlencode

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="x" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF="addresses", USE_TZ=True,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    OAUTH2_PROVIDER={"OAUTH_DEVICE_VERIFICATION_URI": "https://server.example/o/device/", "SCOPES": {"read": "Read"}},
)
django.setup()
logging.disable(logging.CRITICAL)

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from oauth2_provider.models import Application, DeviceGrant

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
call_command("migrate", verbosity=0)
person = User.objects.create_user("ada", password="a password")
Application.objects.create(
    client_id="device", client_type="public", authorization_grant_type=GRANT, name="Device", user=person)
web = Client()
web.force_login(person)


def post(path, **form):
    return web.post(path, urlencode(form), content_type="application/x-www-form-urlencoded")


def begin():
    return post("/o/device-authorization/", client_id="device", scope="read").json()


def poll(code):
    answer = post("/o/token/", grant_type=GRANT, device_code=code, client_id="device")
    return answer.status_code, answer.json().get("error")


def typed(text):
    answer = post("/o/device/", user_code=text)
    if answer.status_code == 302:
        return "taken"
    return "Incorrect" if "Incorrect" in answer.content.decode() else "refused"


print("django-oauth-toolkit", version("django-oauth-toolkit"), "oauthlib", version("oauthlib"))
began = begin()
code = began["device_code"]
fast = [poll(code) for _ in range(5)]
print(f"   expires_in {began['expires_in']}, interval {began['interval']}; five polls at once: {fast}")
# Half an hour is its life; it is made an hour older.
DeviceGrant.objects.filter(device_code=code).update(
    expires=DeviceGrant.objects.get(device_code=code).expires - timedelta(hours=1, seconds=began["expires_in"]))
late = [poll(code) for _ in range(3)]
print("   three polls an hour after its end:", late)
too_late = typed(began["user_code"])
after = poll(code)
print(f"   a person types it now: {too_late}; the next poll: {after}")
unknown = poll("nobody-knows-this")
print("   a code that the server does not know:", unknown)
text = begin()["user_code"]
while not any(letter.isalpha() for letter in text):
    text = begin()["user_code"]
forms = [text.lower(), f"{text[:4]}-{text[4:]}", f" {text} "]
told = [typed(form) for form in forms]
print("   the code in small letters, with a dash, between blanks:", told)
pending = (400, "authorization_pending")
is_so = (
    fast == [pending] * 5 and late == [pending] * 3
    and after == (400, "expired_token") and unknown == (404, "device_not_found")
    and told == ["Incorrect", "Incorrect", "taken"]
)
print("as described" if is_so else "CHANGED")
sys.exit(0 if is_so else 1)
PYTHON
(cd "$work" && venv/bin/python try.py)
