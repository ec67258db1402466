"""What Seksti and the institutions sign is verified by programs that share nothing with what has signed: here by the browser's own cryptography, which is
given an address and finds the rest by following what stands in the file."""

from collections.abc import Callable

import pytest

from tests.browser.visitor import Visitor

# Given a signed file, finds the public half at the address that stands as `kid`, and tries the signature of the file and of a changed copy.
VERIFY = """
    const bytes = (part) => Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
    const read = (part) => JSON.parse(new TextDecoder().decode(bytes(part)));
    const json = async (address) => (await fetch(address)).json();
    const verified = async (head, body, signature) => {
      const kind = {name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256'};
      const key = await crypto.subtle.importKey('jwk', await json(read(head).kid), kind, false, ['verify']);
      const holds = (text) => crypto.subtle.verify(kind.name, key, bytes(signature), new TextEncoder().encode(text));
      const other = body.slice(0, 20) + (body[20] === 'A' ? 'B' : 'A') + body.slice(21);
      return {said: read(body), kid: read(head).kid, holds: await holds(`${head}.${body}`), changed: await holds(`${head}.${other}`)};
    };
"""
BADGE = f"""async (path) => {{ {VERIFY}
    const found = await verified(...(await (await fetch(path)).text()).trim().split('.'));
    const keys = await json(`${{found.said.issuer.id}}/keys.json`);
    const revoked = await json(found.said.credentialStatus.id);
    return {{...found, keys: keys.keys.map((key) => key.kid), revoked: revoked.revokedCredential.map((one) => one.id)}};
}}"""
STATEMENT = f"""async (path) => {{ {VERIFY}
    const signed = await json(path);
    const keys = await json('/.well-known/jwks.json');
    return {{...(await verified(signed.protected, signed.payload, signed.signature)), keys: keys.keys.map((key) => key.kid)}};
}}"""


@pytest.fixture
def amina(demonstration, visit: Callable[..., Visitor]) -> Visitor:
    return visit(demonstration, "Amina Hassan", locale="en")


def href(visitor: Visitor, ending: str) -> str:
    return visitor.page.locator(f"main a[href$='{ending}']").first.get_attribute("href")


def open_a_statement(amina: Visitor) -> None:
    """One that is shown: the latest stands first."""
    amina.open("/me/statements")
    amina.page.locator("main tbody a").first.click()


def test_a_badge_is_verified_by_what_stands_in_it(amina):
    open_a_statement(amina)
    found = amina.page.evaluate(BADGE, href(amina, "/badge.jwt"))

    assert (found["holds"], found["changed"]) == (True, False)
    assert found["kid"] in found["keys"]
    assert found["said"]["id"] not in found["revoked"]
    assert found["said"]["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert "Amina" not in str(found["said"])


def test_a_signed_statement_is_verified_by_the_published_keys(amina):
    open_a_statement(amina)
    found = amina.page.evaluate(STATEMENT, href(amina, ".json"))

    assert (found["holds"], found["changed"]) == (True, False)
    assert found["kid"] in found["keys"]
    assert (found["said"]["holder"], len(found["said"]["results"])) == ({"name": "Amina Hassan"}, 2)
