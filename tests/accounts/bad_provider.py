"""An OpenID provider that does right unless it is asked to do wrong. A process of its own: `python -m tests.accounts.bad_provider PORT`.

Its issuers are /honest, /other (honest too, with another key), /feide, /idporten, /promising (says that its answers name the issuer), /lying (describes itself as
somebody else), /weak (claims to sign with shared secrets) and /hanging. An authorization request may carry `login`, whom to sign in, and `fault`, what to do wrong.
"""

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

PEOPLE = {
    "kari": {"name": "Kari Nordmann", "email": "kari@example.org", "locale": "nn-NO"},
    "ola": {"name": "Ola Nordmann", "email": "kari@example.org"},
    "nameless": {},
    "noisy": {"name": "Kari\r\n\tNord\x00mann  ", "email": "not an address", "locale": 7, "picture": ["a"]},
}
SCHOOL = {"id": "fc:org:example.org:unit:NO987654320", "type": "fc:org", "displayName": "Eksempelskolen", "parent": "fc:org:example.org"}
EMPLOYER = {"id": "fc:org:example.org", "type": "fc:org", "displayName": "Eksempel kommune", "membership": {"affiliation": ["member", "employee", "faculty"]}}
PUPIL = {**EMPLOYER, "membership": {"affiliation": ["member", "student"]}}
GROUPS = {"kari": [EMPLOYER, SCHOOL], "ola": [PUPIL, SCHOOL], "noisy": {"not": "a list"}, "nameless": [7, {"type": "fc:org", "parent": []}]}
KEYS = {name: RSAKey.generate_key(parameters={"kid": f"key of {name}"}) for name in ("honest", "other", "stranger")}
codes: dict[str, dict] = {}
tokens: dict[str, dict] = {}


class Provider(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self._answer(parse_qs(urlsplit(self.path).query))

    def do_POST(self):
        self._answer(parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()))

    def _answer(self, sent: dict) -> None:
        self.sent = {name: values[0] for name, values in sent.items()}
        _, issuer, page = (urlsplit(self.path).path.split("/", 2) + [""])[:3]
        self.issuer = f"http://{self.headers['Host']}/{issuer}"
        self.key = KEYS["other" if issuer == "other" else "honest"]
        if issuer == "hanging":
            time.sleep(60)
        getattr(self, page.replace(".well-known/", "").replace("-", "_"))()

    # ---- the pages of a provider

    def openid_configuration(self) -> None:
        described = {name: f"{self.issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "end_session_endpoint")}
        described |= {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks", "id_token_signing_alg_values_supported": ["RS256"]}
        if self.issuer.endswith("/lying"):
            described["issuer"] = "https://somebody.example"
        if self.issuer.endswith("/weak"):
            described["id_token_signing_alg_values_supported"] = ["none", "HS256", "RS256"]
        if self.issuer.endswith("/promising"):
            described["authorization_response_iss_parameter_supported"] = True
        self._json(described)

    def jwks(self) -> None:
        self._json({"keys": [self.key.as_dict(private=False)]})

    def authorization_endpoint(self) -> None:
        code = secrets.token_urlsafe(8)
        codes[code] = self.sent
        answer = {"code": code, "state": self.sent["state"]}
        if self.sent.get("fault") == "names-another-issuer":
            answer["iss"] = "https://somebody.example"
        if self.sent.get("fault") == "names-its-issuer":
            answer["iss"] = self.issuer
        if self.sent.get("fault") == "denies":
            answer = {"error": "access_denied", "error_description": "<b>no</b>", "state": self.sent["state"]}
        self._redirect(f"{self.sent['redirect_uri']}?{urlencode(answer)}")

    def token_endpoint(self) -> None:
        asked = codes.pop(self.sent.get("code", ""), None)
        if asked is None or not self._proven(asked) or self.sent["redirect_uri"] != asked["redirect_uri"]:
            return self._json({"error": "invalid_grant"}, 400)
        fault = asked.get("fault", "")
        access = secrets.token_urlsafe(8)
        tokens[access] = asked
        token = {"access_token": access, "token_type": "Bearer", "expires_in": 600, "id_token": self._id_token(asked, fault, access)}
        return self._token_answer(token, fault)

    def _proven(self, asked: dict) -> bool:
        """PKCE: who brings the code is who asked for it."""
        digest = hashlib.sha256(self.sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return asked.get("code_challenge_method") == "S256" and asked.get("code_challenge") == challenge

    def _token_answer(self, token: dict, fault: str) -> None:
        if fault == "hangs":
            time.sleep(60)
        if fault == "fails":
            return self._json({"oops": True}, 500)
        if fault == "speaks-html":
            return self._send(200, "text/html", b"<h1>Maintenance</h1>")
        if fault == "leads-elsewhere":
            return self._redirect("http://127.0.0.1:9/")
        if fault == "gives-a-list":
            return self._json([token])
        if fault == "gives-no-id-token":
            del token["id_token"]
        if fault == "gives-a-number":
            token["id_token"] = 7
        if fault == "gives-garbage":
            token["id_token"] = "a.b.c"
        return self._json(token)

    def userinfo_endpoint(self) -> None:
        asked = tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if asked is None:
            return self._json({"error": "invalid_token"}, 401)
        login, fault = asked.get("login", "kari"), asked.get("fault", "")
        if fault == "userinfo-fails":
            return self._json({}, 500)
        if fault == "userinfo-is-a-list":
            return self._json([1])
        told = {} if self.issuer.endswith("/idporten") else PEOPLE[login]
        return self._json({"sub": "somebody else" if fault == "userinfo-of-another" else login, **told})

    def groups(self) -> None:
        asked = tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "), {})
        if asked.get("fault") == "groups-fail":
            return self._json({}, 503)
        return self._json(GROUPS[asked.get("login", "kari")] if asked.get("fault") != "left-the-school" else [EMPLOYER])

    def end_session_endpoint(self) -> None:
        self._redirect(f"{self.sent['post_logout_redirect_uri']}?{urlencode({'state': self.sent['state']})}")

    def logout_token(self) -> None:
        """Not a page of a provider: makes the word that it would send to us."""
        claims = {"iss": self.issuer, "aud": "seksti", "iat": int(time.time()), "jti": secrets.token_hex(8)}
        claims |= {"events": {"http://schemas.openid.net/event/backchannel-logout": {}}, **json.loads(self.sent.get("claims", "{}"))}
        claims = {name: value for name, value in claims.items() if value is not None}
        key = KEYS["stranger"] if self.sent.get("fault") == "wrong-key" else self.key
        header = {"alg": "RS256", "kid": self.key.kid, "typ": self.sent.get("typ", "logout+jwt")}
        self._send(200, "text/plain", jwt.encode(header, claims, key).encode())

    # ---- the ID token, right or wrong

    def _id_token(self, asked: dict, fault: str, access: str) -> str:
        now, us = int(time.time()), asked["client_id"]
        claims = {"iss": self.issuer, "sub": asked.get("login", "kari"), "aud": us, "iat": now, "exp": now + 300, "nonce": asked["nonce"], "sid": f"session {access}"}
        claims |= {"pid": "01017012345", "acr": "idporten-loa-low" if fault == "hardly-sure" else "idporten-loa-substantial", "locale": "nb"}
        claims |= {
            "wrong-issuer": {"iss": "https://somebody.example"},
            "foreign-audience": {"aud": "other", "azp": us},
            "several-audiences": {"aud": [us, "other"], "azp": us},
            "wrong-party": {"azp": "other"},
            "wrong-nonce": {"nonce": "x"},
            "expired": {"exp": now - 3600, "iat": now - 7200},
            "of-tomorrow": {"iat": now + 86400, "exp": now + 90000},
            "empty-subject": {"sub": ""},
            "numbered-subject": {"sub": 7},
            "listed-subject": {"sub": ["kari"]},
            "endless-subject": {"sub": "k" * 5000},
            "wrong-access-token": {"at_hash": "AAAA"},
            "spelled-expiry": {"exp": "soon"},
        }.get(fault, {})
        for missing in {"no-audience": ["aud"], "no-nonce": ["nonce"], "no-subject": ["sub"], "no-issuer": ["iss"], "no-expiry": ["exp"], "no-issue": ["iat"]}.get(fault, []):
            del claims[missing]
        return self._signed(claims, fault)

    def _signed(self, claims: dict, fault: str) -> str:
        header = {"alg": "RS256", "kid": self.key.kid}
        if fault == "unsigned":
            return f"{_part({'alg': 'none'})}.{_part(claims)}."
        if fault == "signed-with-the-public-key":
            signed = f"{_part({'alg': 'HS256', 'kid': self.key.kid})}.{_part(claims)}"
            seal = hmac.new(self.key.as_pem(private=False), signed.encode(), hashlib.sha256).digest()
            return f"{signed}.{base64.urlsafe_b64encode(seal).rstrip(b'=').decode()}"
        if fault == "signed-with-the-client-secret":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key("the secret we share with the provider"), algorithms=["HS256"])
        if fault == "signed-by-a-stranger":
            return jwt.encode(header, claims, KEYS["stranger"])
        if fault == "signed-with-an-unknown-key":
            return jwt.encode({"alg": "RS256", "kid": "nobody's"}, claims, KEYS["stranger"])
        if fault == "brings-its-own-key":
            return jwt.encode({"alg": "RS256", "jwk": KEYS["stranger"].as_dict(private=False)}, claims, KEYS["stranger"])
        token = jwt.encode(header, claims, self.key)
        if fault == "changed-after-signing":
            head, _, signature = token.split(".")
            return f"{head}.{_part({**claims, 'sub': 'ola'})}.{signature}"
        return token

    # ---- how it answers

    def _json(self, content: object, status: int = 200) -> None:
        self._send(status, "application/json", json.dumps(content).encode())

    def _redirect(self, to: str) -> None:
        self._send(302, "text/plain", b"", Location=to)

    def _send(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments) -> None:
        pass


def _part(content: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()
