"""A person with a browser that has neither scripts nor pictures: opens an address, answers forms, follows redirects.

Needs the standard library alone. browser.py says what it is told and tells.
"""

import ssl
import sys
from html.parser import HTMLParser
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    HTTPSHandler,
    ProxyHandler,
    Request,
    build_opener,
)

import browser


class Page(HTMLParser):
    """The text of a page and its first form."""

    def __init__(self, text):
        super().__init__()
        self.texts, self.form, self.fields, self.buttons = [], None, [], []
        self.is_hidden = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.is_hidden = tag in ("script", "style")
        if tag == "form" and self.form is None:
            self.form = found
        elif self.form is not None and tag == "button":
            self.buttons.append(found)
        elif self.form is not None and tag == "input":
            is_button = found.get("type") == "submit"
            (self.buttons if is_button else self.fields).append(found)

    def handle_endtag(self, tag):
        self.is_hidden = False

    def handle_data(self, data):
        if not self.is_hidden:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def sent(self, orders):
        """What a press of the button sends; None where there is no such button."""
        words = browser.YES if orders["agree"] else browser.NO
        button = next((b for b in self.buttons if (b.get("value") or "").lower() in words), None)
        if button is None:
            return None
        pairs = []
        for field in self.fields:
            name, value = field.get("name"), field.get("value") or ""
            if field.get("type") in ("checkbox", "radio"):
                keep = orders.get("keep")
                is_ticked = "checked" in field if keep is None else value in keep
                if not is_ticked:
                    continue
            pairs.append((name, orders.get("type", {}).get(name, value)))
        return pairs + [(button["name"], button["value"])]


class NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *ignored):
        return None


class LocalCookies(DefaultCookiePolicy):
    """Cookies that are for TLS alone are sent to loopback without it too, as browsers do."""

    def return_ok_secure(self, cookie, request):
        return True


def client(authority):
    context = ssl.create_default_context(cafile=authority)
    cookies = HTTPCookieProcessor(CookieJar(LocalCookies()))
    opener = build_opener(NoRedirects, cookies, ProxyHandler({}), HTTPSHandler(context=context))

    def ask(address, form=None):
        body = None if form is None else urlencode(form).encode()
        try:
            answer = opener.open(Request(address, body), timeout=30)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.headers, answer.read().decode(errors="replace")

    return ask


def main():
    orders = browser.told()
    ask = client(orders.get("authority"))
    address, form = orders["address"], None
    for _ in range(browser.LIMIT):
        status, headers, body = ask(address, form)
        page = Page(body)
        if status in (301, 302, 303, 307, 308):
            address = urljoin(address, headers["location"])
            form = form if status in (307, 308) else None
            if browser.is_answer(address, orders.get("redirect")):
                if orders.get("follow"):
                    status, headers, body = ask(address)
                    return browser.tell(address, status, Page(body).text)
                return browser.tell(address, status, "")
            continue
        form = page.sent(orders) if status == 200 and page.form is not None else None
        if form is None:
            return browser.tell(address, status, page.text)
        address = urljoin(address, page.form.get("action") or "")
    sys.exit("there are too many pages")


if __name__ == "__main__":
    main()
