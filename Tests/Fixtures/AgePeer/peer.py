"""Seals and opens age files with pyrage, as another program than `age` does: `peer.py JOBS`.

JOBS is a file with a list of objects in JSON. Each has `action`, which is `seal` or `open`, and the paths `input` and
`output`. To seal it has `recipients`, a list of texts, and `armored`; to open, `identity`, the path of its file; and for
either a `passphrase` in place of those. The first one that fails ends the program.
"""

import json
import pathlib
import sys

import pyrage


def recipient(text):
    kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
    return kind.Recipient.from_str(text)


def identity(path):
    text = pathlib.Path(path).read_bytes()
    if text.startswith(b"-----BEGIN"):
        return pyrage.ssh.Identity.from_buffer(text)
    key = next(line for line in text.decode().splitlines() if not line.startswith("#"))
    return pyrage.x25519.Identity.from_str(key)


def seal(job, content):
    if "passphrase" in job:
        return pyrage.passphrase.encrypt(content, job["passphrase"])
    recipients = [recipient(text) for text in job["recipients"]]
    return pyrage.encrypt(content, recipients, armored=job["armored"])


def open_(job, content):
    if "passphrase" in job:
        return pyrage.passphrase.decrypt(content, job["passphrase"])
    return pyrage.decrypt(content, [identity(job["identity"])])


for job in json.loads(pathlib.Path(sys.argv[1]).read_bytes()):
    content = pathlib.Path(job["input"]).read_bytes()
    result = (seal if job["action"] == "seal" else open_)(job, content)
    pathlib.Path(job["output"]).write_bytes(result)
