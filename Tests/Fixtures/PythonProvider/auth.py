"""The ways in which a client proves who it is, each checked from its published rules.

A check takes the request and its settings and raises Refused with the reason. Settings name what is expected; keys are
PEM texts or shared secrets.
"""

import base64
import calendar
import hashlib
import hmac
import re
import time
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import jose
import saml


class Refused(ValueError):
    pass


def demand(condition, why):
    if not condition:
        raise Refused(why)


def same(actual, expected, what):
    demand(actual == expected, f"{what} is {actual!r}")


def recent(seconds, what, tolerance=120):
    demand(abs(time.time() - seconds) <= tolerance, f"{what} is not now")


def none(request, settings):
    pass


def header(request, settings):
    """A fixed value in a header: API keys, bearer tokens, cookies."""
    same(request.header(settings["name"]), settings["value"], settings["name"])


def basic(request, settings):
    """RFC 7617. An empty password is a password."""
    scheme, _, text = request.header("authorization").partition(" ")
    same(scheme.lower(), "basic", "scheme")
    login = base64.b64decode(text, validate=True).decode()
    same(login, f"{settings['username']}:{settings['password']}", "login")


def parameters(request, settings):
    """Parameters of a token request, in the body or the query: all of `equal`, and none of `absent`."""
    for name, value in settings.get("equal", {}).items():
        same(request.parameters.get(name), value, name)
    for name in settings.get("absent", []):
        demand(name not in request.parameters, f"{name} was sent")


def content_type(request, settings):
    same(request.header("content-type").split(";")[0], settings["value"], "content-type")


def xml(request, settings):
    """A body in XML: the name of its `root`, its `attributes`, and the texts of its `members`."""
    try:
        root = ElementTree.fromstring(request.body)
    except ElementTree.ParseError as error:
        raise Refused(str(error)) from error
    same(root.tag, settings["root"], "the root")
    same(root.attrib, settings.get("attributes", {}), "the attributes")
    same({child.tag: child.text for child in root}, settings["members"], "the members")


def bearer_jwt(request, settings):
    """A JWT in a header, after an optional word: `key`, `algorithm`, and `claims` and `header` that must be equal."""
    text = request.header(settings.get("header", "authorization"))
    prefix = settings.get("prefix", "Bearer ")
    demand(text.startswith(prefix), "the word before the token is missing")
    verify_jwt(text[len(prefix):], settings)


def parameter_jwt(request, settings):
    """A JWT in a parameter of a token request: RFC 7523, private_key_jwt."""
    name = settings.get("parameter", "client_assertion")
    demand(name in request.parameters, f"{name} is missing")
    verify_jwt(request.parameters[name], settings)


def verify_jwt(token, settings):
    try:
        head, claims = jose.verify(token, settings["key"], settings["algorithm"])
    except ValueError as error:
        raise Refused(str(error)) from error
    for name, value in settings.get("header_claims", {}).items():
        same(head.get(name), value, f"header {name}")
    for name, value in settings.get("claims", {}).items():
        same(claims.get(name), value, f"claim {name}")
    for name in settings.get("present", []):
        demand(claims.get(name), f"claim {name} is missing")
    if "iat" in claims:
        recent(claims["iat"], "iat")
    demand(claims.get("exp", time.time() + 1) > time.time(), "the token has expired")


def wsse(request, settings):
    """X-WSSE with the digest over the hex text, as Emarsys asks for it."""
    text = request.header("x-wsse")
    demand(text.startswith("UsernameToken "), "X-WSSE is missing")
    parts = dict(re.findall(r'(\w+)="([^"]*)"', text))
    same(parts.get("Username"), settings["username"], "Username")
    nonce, created = parts.get("Nonce", ""), parts.get("Created", "")
    demand(re.fullmatch("[0-9a-f]{32}", nonce), "the nonce is not 16 bytes in hex")
    recent(calendar.timegm(time.strptime(created[:19], "%Y-%m-%dT%H:%M:%S")), "Created")
    digest = hashlib.sha1((nonce + created + settings["password"]).encode()).hexdigest()
    same(parts.get("PasswordDigest"), base64.b64encode(digest.encode()).decode(), "PasswordDigest")


def oauth1(request, settings):
    """OAuth 1.0a (RFC 5849, sections 3.4 and 3.5.1), with HMAC-SHA256 unless `method` is another. `protocol` has further
    parameters that the header has to hold."""
    text = request.header("authorization")
    demand(text.startswith("OAuth "), "the scheme is not OAuth")
    pairs = [(n, unquote(v)) for n, v in re.findall(r'([A-Za-z_]+)="([^"]*)"', text)]
    given = dict(pairs)
    method = settings.get("method", "HMAC-SHA256")
    same(given.get("oauth_signature_method"), method, "oauth_signature_method")
    same(given.get("oauth_consumer_key"), settings["consumer_key"], "oauth_consumer_key")
    same(given.get("oauth_token"), settings.get("token"), "oauth_token")
    if "realm" in settings:
        same(given.get("realm"), settings["realm"], "realm")
    for name, value in settings.get("protocol", {}).items():
        same(given.get(name), value, name)
    demand(given.get("oauth_nonce"), "oauth_nonce is missing")
    recent(int(given.get("oauth_timestamp", 0)), "oauth_timestamp")
    signed = [pair for pair in pairs if pair[0] not in ("realm", "oauth_signature")]
    is_form = request.header("content-type").startswith("application/x-www-form-urlencoded")
    form = list(request.form.items()) if is_form else []
    encoded = sorted((rfc3986(n), rfc3986(v)) for n, v in signed + request.query + form)
    normalized = "&".join(f"{name}={value}" for name, value in encoded)
    address = f"https://{request.header('host').lower()}{request.path}"
    base = "&".join(rfc3986(part) for part in (request.method, address, normalized))
    key = f"{rfc3986(settings['consumer_secret'])}&{rfc3986(settings.get('token_secret', ''))}"
    hashes = {"HMAC-SHA1": hashlib.sha1, "HMAC-SHA256": hashlib.sha256}
    digest = hmac.new(key.encode(), base.encode(), hashes[method]).digest()
    same(given.get("oauth_signature"), base64.b64encode(digest).decode(), "oauth_signature")


def rfc3986(text):
    return quote(text, safe="-._~")


def aws_sigv4(request, settings):
    """AWS Signature Version 4 in the Authorization header."""
    found = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, ?"
        r"SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})",
        request.header("authorization"),
    )
    demand(found, "the Authorization header is not one of SigV4")
    key_id, day, region, service, names, signature = found.groups()
    same(key_id, settings["key_id"], "key id")
    same(region, settings["region"], "region")
    same(service, settings["service"], "service")
    moment = request.header("x-amz-date")
    demand(moment.startswith(day), "the day is not that of x-amz-date")
    recent(calendar.timegm(time.strptime(moment, "%Y%m%dT%H%M%SZ")), "x-amz-date")
    demand("host" in names.split(";"), "host is not signed")
    if "session_token" in settings:
        same(request.header("x-amz-security-token"), settings["session_token"], "session token")
        demand("x-amz-security-token" in names.split(";"), "the session token is not signed")
    query = sorted((rfc3986(name), rfc3986(value)) for name, value in request.query)
    lines = [
        request.method,
        quote(request.path, safe="/-._~%"),
        "&".join(f"{name}={value}" for name, value in query),
        *(f"{name}:{' '.join(request.header(name).split())}" for name in names.split(";")),
        "",
        names,
        hashlib.sha256(request.body).hexdigest(),
    ]
    scope = f"{day}/{region}/{service}/aws4_request"
    hashed = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashed}"
    key = f"AWS4{settings['secret']}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    same(signature, hmac.new(key, text.encode(), hashlib.sha256).hexdigest(), "signature")


def saml_bearer(request, settings):
    """A signed SAML 2.0 assertion in Base64 in a parameter (RFC 7522)."""
    text = request.parameters.get(settings.get("parameter", "assertion"), "")
    try:
        saml.verify(base64.b64decode(text), settings)
    except ValueError as error:
        raise Refused(str(error)) from error


CHECKS = {
    "none": none,
    "header": header,
    "basic": basic,
    "parameters": parameters,
    "content_type": content_type,
    "xml": xml,
    "bearer_jwt": bearer_jwt,
    "parameter_jwt": parameter_jwt,
    "wsse": wsse,
    "oauth1": oauth1,
    "aws_sigv4": aws_sigv4,
    "saml_bearer": saml_bearer,
}
