#!/usr/bin/env bash
# A browser that is sent to a redirect address on loopback asks there more often than once, without anybody doing
# anything.
#
# Expected: one redirect, one request. Where nobody listens the browser shows its error page and that is the end, so
# an answer that was pasted by hand, or that nobody took, never comes again.
# Happens (Chromium 156.0.8078.108 of Debian 12, without a window):
#   1. Where nobody listens, the error page asks again by itself, later and later, as long as the tab is open. A
#      listener that is started half a minute after the person agreed gets the answer, with its code and its state,
#      and nobody touched the browser. So it also gets those of an earlier attempt on the same port, which was pasted
#      long ago: a state that does not fit is no reason to stop waiting.
#   2. A listener that closes the connection without an answer is sent the same code three or four times within two
#      seconds, and again five seconds later.
# Source: observed.
#
# Needs Debian's chromium. Takes a minute and a half at most. Exit 0 while it is so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chromium=$(command -v chromium) || { echo "chromium is missing: apt-get install chromium" >&2; exit 2; }
cat > "$work/try.py" <<'PYTHON'
import http.server, os, socket, subprocess, sys, threading, time

chromium, work = sys.argv[1:]


class Redirector(http.server.BaseHTTPRequestHandler):
    """The provider, after the person has agreed."""

    def do_GET(self):
        self.send_response(302 if self.path == "/agreed" else 404)
        self.send_header("Location", self.server.to)
        self.end_headers()

    def log_message(self, *ignored):
        pass


def open_browser(port, name):
    provider = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Redirector)
    provider.to = f"http://127.0.0.1:{port}/callback?code=the-code&state=the-state"
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    options = [] if os.geteuid() else ["--no-sandbox"]
    return subprocess.Popen(
        [chromium, "--headless=new", *options, "--disable-gpu", "--disable-dev-shm-usage",
         "--disable-background-networking", "--no-first-run", "--remote-debugging-port=0",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
         f"--user-data-dir={work}/{name}", f"http://localhost:{provider.server_port}/agreed"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def listen(port, answer, heard):
    def run():
        while True:
            connection, _ = listener.accept()
            line = connection.recv(65536).decode().split("\r\n")[0]
            if "/callback" in line:
                heard.append((round(time.time() - began, 1), line))
            if answer:
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\ndone")
            connection.close()

    began = time.time()
    listener = socket.create_server(("127.0.0.1", port))
    threading.Thread(target=run, daemon=True).start()
    return listener.getsockname()[1]


def end(browser):
    browser.terminate()
    browser.wait(20)


print(subprocess.run([chromium, "--version"], capture_output=True, text=True).stdout.strip())

free = socket.socket()
free.bind(("127.0.0.1", 0))
port = free.getsockname()[1]
free.close()
browser = open_browser(port, "late")
time.sleep(15)
late = []
listen(port, True, late)
print("1. nobody listened for 15 s; then somebody did, and nobody touched the browser:")
ends = time.time() + 60
while not late and time.time() < ends:
    time.sleep(0.2)
for moment, line in late:
    print(f"   {moment} s after the listener began: {line}")
end(browser)

silent = []
browser = open_browser(listen(0, False, silent), "silent")
time.sleep(8)
print("2. a listener that closes without an answer was sent:")
for moment, line in silent:
    print(f"   {moment} s: {line}")
end(browser)

is_so = bool(late) and "code=the-code&state=the-state" in late[0][1] and len(silent) > 1
print("as described" if is_so else "CHANGED")
sys.exit(0 if is_so else 1)
PYTHON
python3 "$work/try.py" "$chromium" "$work"
