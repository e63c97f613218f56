"""The pages that a person sees. Each is one form with two buttons, or a text."""

from html import escape

from flask import Response


def page(title, content, status=200):
    text = f"<!doctype html><html lang=en><title>{escape(title)}</title><h1>{escape(title)}</h1>{content}"
    return Response(text, status, content_type="text/html; charset=utf-8")


def consent(name, scopes=(), fields=""):
    """Asks whether `name` may have `scopes`; each can be unticked."""
    boxes = "".join(
        f'<p><label><input type=checkbox name=granted value="{escape(s)}" checked> {escape(s)}</label>'
        for s in scopes
    )
    return page(
        f"Does {name} get access?",
        f"<form method=post>{fields}{boxes}<p><button name=decision value=agree>Agree</button>"
        "<button name=decision value=refuse>Refuse</button></form>",
    )


def user_code(text):
    """Asks for the code that the device shows; `text` is what is known of it."""
    field = f'<p><label>Code <input name=user_code value="{escape(text)}" required></label>'
    return consent("A device", fields=field)


def done(text):
    return page("Done", f"<p>{escape(text)}")


def verifier(text):
    """OAuth 1.0a without a callback: the person types this."""
    return page("Done", f"<p>Type this: <code id=verifier>{escape(text)}</code>")


def refusal(error, description):
    return page("That is not possible", f"<p><b>{escape(error)}</b> {escape(description)}", 400)
