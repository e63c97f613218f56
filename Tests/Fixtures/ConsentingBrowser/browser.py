"""What both browsers are told and tell, and which buttons mean yes or no.

Told on standard input, as one object:

  address     the page to open first; not an argument, since it may hold a secret
  redirect    where the application waits for the answer. Nothing is asked there unless `follow` says so
  agree       whether the person agrees
  keep        optional: the values of the checkboxes that stay ticked; all others are unticked
  type        optional: texts for fields, by name
  follow      whether the redirect address is opened too
  authority   optional: PEM file that servers are trusted by

Told on standard output, as one object: `address` that the browser ends on, `status` of the answer (null where none
came), and `text` of the page.
"""

import json
import sys
from urllib.parse import urlsplit

YES = {"agree", "allow", "approve", "authorize", "accept", "confirm", "yes"}
NO = {"refuse", "deny", "cancel", "reject", "no"}
#: More pages than any consent has.
LIMIT = 20


def told():
    return json.load(sys.stdin)


def tell(address, status, text):
    json.dump({"address": address, "status": status, "text": text}, sys.stdout)


def is_answer(address, redirect):
    """Whether an address is the application's, whatever parameters it has."""
    return redirect is not None and urlsplit(address)[:3] == urlsplit(redirect)[:3]
