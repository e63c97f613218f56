"""Signed JSON Web Tokens (RFC 7515, 7518, 7519) with `cryptography`."""

import base64
import hashlib
import hmac
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature


def decode(text):
    if "=" in text or "+" in text or "/" in text:
        raise ValueError("a part of the token is not base64url without padding")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verify(token, key, algorithm):
    """Header and claims of a token. ValueError says what is wrong with it.

    `key` is a public key in PEM; for HS256 the shared secret, `hex:` in front when it is written in hex.
    """
    parts = token.split(".")
    if len(parts) != 3:
        raise ValueError("the token has not three parts")
    head, claims = json.loads(decode(parts[0])), json.loads(decode(parts[1]))
    if head.get("alg") != algorithm:
        raise ValueError(f"alg is {head.get('alg')!r}")
    signed = f"{parts[0]}.{parts[1]}".encode()
    signature = decode(parts[2])
    try:
        VERIFIERS[algorithm](key, signature, signed)
    except InvalidSignature:
        raise ValueError("the signature is wrong") from None
    return head, claims


def rs256(key, signature, signed):
    public(key).verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())


def ps256(key, signature, signed):
    scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
    public(key).verify(signature, signed, scheme, hashes.SHA256())


def es256(key, signature, signed):
    if len(signature) != 64:
        raise ValueError("the signature has not the 64 bytes of JWS")
    numbers = [int.from_bytes(half, "big") for half in (signature[:32], signature[32:])]
    public(key).verify(encode_dss_signature(*numbers), signed, ec.ECDSA(hashes.SHA256()))


def hs256(key, signature, signed):
    secret = bytes.fromhex(key[4:]) if key.startswith("hex:") else key.encode()
    if not hmac.compare_digest(signature, hmac.new(secret, signed, hashlib.sha256).digest()):
        raise InvalidSignature


def public(pem):
    return serialization.load_pem_public_key(pem.encode())


VERIFIERS = {"RS256": rs256, "PS256": ps256, "ES256": es256, "HS256": hs256}
