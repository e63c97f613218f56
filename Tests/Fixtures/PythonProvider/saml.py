"""Signed SAML 2.0 assertions: XML signature with exclusive canonicalization, from the W3C's rules.

Python has canonicalization 2.0 only. For a tree as small as an assertion, exclusive canonicalization 1.0 is written
here: namespaces where they are visibly used, or declared and named in the list of inclusive prefixes; attributes sorted
by namespace and name; no comments.
"""

import base64
import calendar
import hashlib
import time
import xml.dom.minidom as dom

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
DS = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"


def canonical(node, rendered=None, leaving_out=None, inclusive=()):
    """The exclusive canonical form of an element, without the element `leaving_out`.

    Prefixes of `inclusive` count as used where they are declared.
    """
    rendered = dict(rendered or {"": ""})
    attributes = [node.attributes.item(index) for index in range(node.attributes.length)]
    plain = [a for a in attributes if a.name != "xmlns" and not a.name.startswith("xmlns:")]
    used = {node.prefix or "": node.namespaceURI or ""}
    used |= {a.prefix: a.namespaceURI for a in plain if a.prefix and a.prefix != "xml"}
    used |= {p: node.getAttribute(f"xmlns:{p}") for p in inclusive if node.hasAttribute(f"xmlns:{p}")}
    new = sorted((p, uri) for p, uri in used.items() if rendered.get(p) != uri)
    rendered.update(new)
    text = f"<{node.nodeName}"
    for prefix, uri in new:
        text += f' xmlns{":" + prefix if prefix else ""}="{attribute_text(uri)}"'
    for item in sorted(plain, key=lambda a: (a.namespaceURI or "", a.localName)):
        text += f' {item.name}="{attribute_text(item.value)}"'
    text += ">"
    for child in node.childNodes:
        if child is leaving_out:
            continue
        if child.nodeType == child.ELEMENT_NODE:
            text += canonical(child, rendered, leaving_out, inclusive)
        elif child.nodeType in (child.TEXT_NODE, child.CDATA_SECTION_NODE):
            text += content_text(child.data)
    return text + f"</{node.nodeName}>"


def content_text(text):
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#xD;")


def attribute_text(text):
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return text.replace("\t", "&#x9;").replace("\n", "&#xA;").replace("\r", "&#xD;")


def only(node, namespace, name):
    found = node.getElementsByTagNameNS(namespace, name)
    if len(found) != 1:
        raise ValueError(f"there are {len(found)} elements {name}")
    return found[0]


def text_of(node):
    return "".join(child.data for child in node.childNodes if child.nodeType == child.TEXT_NODE)


def same(actual, expected, what):
    if actual != expected:
        raise ValueError(f"{what} is {actual!r}")


def verify(document, settings):
    """Checks signature, names and times. ValueError says what is wrong.

    Settings: `key` (public, PEM), and where given `issuer`, `subject`, `recipient`, `audience`, `attributes`.
    """
    assertion = dom.parseString(document).documentElement
    same((assertion.namespaceURI, assertion.localName), (SAML, "Assertion"), "the root")
    same(assertion.getAttribute("Version"), "2.0", "Version")
    check_signature(assertion, settings["key"])
    issuer = only(assertion, SAML, "Issuer")
    audience = only(assertion, SAML, "Audience")
    confirmation = only(assertion, SAML, "SubjectConfirmationData")
    facts = {
        "issuer": text_of(issuer),
        "subject": text_of(only(assertion, SAML, "NameID")),
        "recipient": confirmation.getAttribute("Recipient"),
        "audience": text_of(audience),
        "attributes": {
            node.getAttribute("Name"): text_of(only(node, SAML, "AttributeValue"))
            for node in assertion.getElementsByTagNameNS(SAML, "Attribute")
        },
    }
    for name, value in facts.items():
        if name in settings:
            same(value, settings[name], name)
    only(assertion, SAML, "AuthnStatement")
    for node in (confirmation, only(assertion, SAML, "Conditions")):
        if moment(node.getAttribute("NotOnOrAfter")) <= time.time():
            raise ValueError("the assertion has expired")


def moment(text):
    return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S"))


def check_signature(assertion, key):
    signature = only(assertion, DS, "Signature")
    elements = [n for n in assertion.childNodes if n.nodeType == n.ELEMENT_NODE]
    same([n.localName for n in elements[:2]], ["Issuer", "Signature"], "the order")
    info = only(signature, DS, "SignedInfo")
    methods = ("CanonicalizationMethod", EXCLUSIVE), ("SignatureMethod", RSA_SHA256)
    for name, algorithm in (*methods, ("DigestMethod", SHA256)):
        same(only(info, DS, name).getAttribute("Algorithm"), algorithm, name)
    transforms = info.getElementsByTagNameNS(DS, "Transform")
    same([t.getAttribute("Algorithm") for t in transforms], [ENVELOPED, EXCLUSIVE], "transforms")
    reference = only(info, DS, "Reference").getAttribute("URI")
    same(reference, "#" + assertion.getAttribute("ID"), "the reference")
    listed = transforms[1].getElementsByTagNameNS(EXCLUSIVE, "InclusiveNamespaces")
    inclusive = listed[0].getAttribute("PrefixList").split() if listed else []
    text = canonical(assertion, leaving_out=signature, inclusive=inclusive)
    digest = hashlib.sha256(text.encode()).digest()
    stated = "".join(text_of(only(info, DS, "DigestValue")).split())
    same(stated, base64.b64encode(digest).decode(), "the digest")
    value = base64.b64decode("".join(text_of(only(signature, DS, "SignatureValue")).split()))
    public = serialization.load_pem_public_key(key.encode())
    try:
        public.verify(value, canonical(info).encode(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise ValueError("the signature is wrong") from None
