"""A person with Chromium: opens an address, ticks and presses what is on the pages, and reads the one it ends on.

Usage: chromium.py PROGRAM. Needs the standard library and Chromium, which it talks to over two pipes. Nothing but
loopback can be reached. Certificates are not looked at, and the redirect address is opened always: it is a browser.
browser.py says the rest of what it is told and tells. Where nobody listens, `address` is what stands in the
address bar, `status` is null, and `text` is the browser's own page.
"""

import json
import os
import select
import subprocess
import sys
import tempfile
import time

import browser

#: Seconds for everything.
PATIENCE = 30
OPTIONS = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
    "--ignore-certificate-errors",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
#: Fills in the page and presses the button; says whether there was one.
ANSWER = """
(orders => {
  const words = orders.words;
  const button = [...document.querySelectorAll('form button, form input[type=submit]')]
    .find(b => words.includes((b.value || '').toLowerCase()));
  if (!button) return false;
  for (const box of button.form.querySelectorAll('input[type=checkbox]'))
    if (orders.keep) box.checked = orders.keep.includes(box.value);
  for (const [name, text] of Object.entries(orders.type || {}))
    if (button.form.elements[name]) button.form.elements[name].value = text;
  setTimeout(() => button.click());
  return true;
})(%s)
"""


class Chromium:
    """Messages are JSON with a zero byte behind them: to its descriptor 3, from its descriptor 4."""

    def __init__(self, program, directory):
        inner_read, self.writer = os.pipe()
        self.reader, inner_write = os.pipe()
        options = OPTIONS + ([] if os.geteuid() else ["--no-sandbox"])

        def arrange():
            # Both are first moved out of the way, since either may lie where the other has to go.
            spare = os.dup(inner_read), os.dup(inner_write)
            os.dup2(spare[0], 3)
            os.dup2(spare[1], 4)

        self.process = subprocess.Popen(
            [program, *options, f"--user-data-dir={directory}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={"HOME": directory, "PATH": "/usr/bin:/bin"}, close_fds=False, preexec_fn=arrange,
        )
        os.close(inner_read)
        os.close(inner_write)
        self.ends = time.monotonic() + PATIENCE
        self.rest, self.events, self.count, self.session = b"", [], 0, None

    def message(self):
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.reader], [], [], max(0, self.ends - time.monotonic()))
            chunk = os.read(self.reader, 65536) if ready else b""
            if not chunk:
                sys.exit("Chromium has not answered")
            self.rest += chunk
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, **parameters):
        self.count += 1
        order = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            order["sessionId"] = self.session
        os.write(self.writer, json.dumps(order).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.count:
                if "error" in message:
                    sys.exit(f"{method}: {message['error']['message']}")
                return message["result"]
            self.events.append(message)

    def event(self, method):
        """Waits for one that has not been taken yet."""
        while True:
            while self.events:
                event = self.events.pop(0)
                if event.get("method") == method:
                    return event["params"]
            self.events.append(self.message())

    def value(self, script):
        return self.ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def end(self):
        self.session = None
        self.ask("Browser.close")
        self.process.wait(10)


def main():
    orders = browser.told()
    words = sorted(browser.YES if orders["agree"] else browser.NO)
    script = ANSWER % json.dumps({"words": words, "keep": orders.get("keep"), "type": orders.get("type")})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        chromium = Chromium(sys.argv[1], directory)
        target = chromium.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = chromium.ask("Target.attachToTarget", targetId=target, flatten=True)
        chromium.session = attached["sessionId"]
        chromium.ask("Page.enable")
        chromium.ask("Network.enable")
        chromium.events.clear()
        chromium.ask("Page.navigate", url=orders["address"])
        for _ in range(browser.LIMIT):
            chromium.event("Page.loadEventFired")
            if not chromium.value(script):
                break
        history = chromium.ask("Page.getNavigationHistory")
        address = history["entries"][history["currentIndex"]]["url"]
        browser.tell(address, *shown(chromium))
        chromium.end()


def shown(chromium):
    timing = "performance.getEntriesByType('navigation')[0]?.responseStatus || null"
    return chromium.value(timing), chromium.value("document.body.innerText") or ""


if __name__ == "__main__":
    main()
