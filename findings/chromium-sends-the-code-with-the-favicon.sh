#!/usr/bin/env bash
# The page of a listener on loopback makes the browser ask once more, and that request repeats the code.
#
# Expected: the browser asks for the redirect address and no more; the code stands in one request line. A page without
# links, pictures and scripts has no Referer to leak.
# Happens (Chromium 156.0.8078.108 of Debian 12): it asks the listener for /favicon.ico on a second connection, and
# the Referer of that request is the whole redirect address, with code and state. So what a listener logs of "other"
# requests holds the code, and a listener that goes after one answer leaves a request that is refused.
# `Referrer-Policy: no-referrer` in the answer keeps the code out of it. `Content-Security-Policy: default-src
# 'none'`, or an icon named in the page (`<link rel=icon href="data:,">`), keeps the whole request away.
# Source: observed. A Referer to the same origin is whole under the default policy, strict-origin-when-cross-origin.
#
# Needs Debian's chromium. Exit 0 while it is so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chromium=$(command -v chromium) || { echo "chromium is missing: apt-get install chromium" >&2; exit 2; }
cat > "$work/try.py" <<'PYTHON'
import http.server, os, subprocess, sys, threading, time

chromium, work = sys.argv[1:]
PLAIN = "<!doctype html><title>Done</title><p>Go back to the terminal."
ICON = '<!doctype html><title>Done</title><link rel=icon href="data:,"><p>Go back to the terminal.'


class Listener(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.heard.append((self.path, self.headers.get("referer")))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        for name, value in self.server.extra:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.page.encode())

    def log_message(self, *ignored):
        pass


class Provider(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(302 if self.path == "/agreed" else 404)
        self.send_header("Location", self.server.to)
        self.end_headers()

    def log_message(self, *ignored):
        pass


def serve(handler):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def heard(page, extra, name):
    listener, provider = serve(Listener), serve(Provider)
    listener.heard, listener.page, listener.extra = [], page, extra
    provider.to = f"http://127.0.0.1:{listener.server_port}/callback?code=the-code&state=the-state"
    options = [] if os.geteuid() else ["--no-sandbox"]
    browser = subprocess.Popen(
        [chromium, "--headless=new", *options, "--disable-gpu", "--disable-dev-shm-usage",
         "--disable-background-networking", "--no-first-run", "--remote-debugging-port=0",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
         f"--user-data-dir={work}/{name}", f"http://localhost:{provider.server_port}/agreed"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(6)
    browser.terminate()
    browser.wait(20)
    print(f"{name}:")
    for path, referer in listener.heard:
        print(f"   GET {path}   Referer: {referer}")
    return listener.heard


print(subprocess.run([chromium, "--version"], capture_output=True, text=True).stdout.strip())
plain = heard(PLAIN, [], "a plain page")
quiet = heard(PLAIN, [("Referrer-Policy", "no-referrer")], "with Referrer-Policy")
icon = heard(ICON, [], "with an icon of its own")
policy = heard(PLAIN, [("Content-Security-Policy", "default-src 'none'")], "with Content-Security-Policy")
is_so = (
    len(plain) == 2 and plain[1][0] == "/favicon.ico" and "code=the-code" in (plain[1][1] or "")
    and len(quiet) == 2 and quiet[1][1] is None
    and len(icon) == 1 and len(policy) == 1
)
print("as described" if is_so else "CHANGED")
sys.exit(0 if is_so else 1)
PYTHON
python3 "$work/try.py" "$chromium" "$work"
