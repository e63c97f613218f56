"""Makes keys for one run of the tests and prints them as one JSON object, by name.

Each has `private` (PKCS #8, PEM), `public` (PEM) and `fingerprint` (SHA-256 of the public key in DER, in Base64), and
those of RSA have `jwk` too, a private JSON Web Key as text.
`rsa` and `other_rsa` are alike, so that one can stand for a key that is not the right one; so are `ec` and `other_ec`.
"""

import base64
import hashlib
import json

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa


def texts(key):
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    info = serialization.PublicFormat.SubjectPublicKeyInfo
    public = key.public_key().public_bytes(serialization.Encoding.PEM, info)
    digest = hashlib.sha256(key.public_key().public_bytes(serialization.Encoding.DER, info))
    return {
        "private": private.decode(),
        "public": public.decode(),
        "fingerprint": base64.b64encode(digest.digest()).decode(),
    }


def jwk(key, name):
    """RFC 7518, section 6.3."""
    numbers = key.private_numbers()
    members = {
        "n": numbers.public_numbers.n, "e": numbers.public_numbers.e, "d": numbers.d,
        "p": numbers.p, "q": numbers.q,
        "dp": numbers.dmp1, "dq": numbers.dmq1, "qi": numbers.iqmp,
    }
    return json.dumps({"kty": "RSA", "kid": name, **{k: base64url(v) for k, v in members.items()}})


def base64url(number):
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def main():
    made = {}
    for name in ("rsa", "other_rsa"):
        key = rsa.generate_private_key(65537, 2048)
        made[name] = {**texts(key), "jwk": jwk(key, name)}
    for name in ("ec", "other_ec"):
        made[name] = texts(ec.generate_private_key(ec.SECP256R1()))
    print(json.dumps(made))


if __name__ == "__main__":
    main()
