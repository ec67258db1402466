"""What is sent, as a whole: of another kind than it says, cut off, too much, or nothing; and the bodies of programs."""

import gzip
from itertools import cycle, islice

import pytest

from config.http import MOST_FIELDS
from tests.bad_input.asking import who_may
from tests.bad_input.garbage import JSON_BODIES, XSS
from tests.bad_input.routes import WRITES

FORM = "application/x-www-form-urlencoded"
BODIES = {
    "nothing": (FORM, b""),
    "nothing, of no kind": (None, b""),
    "an object where a form is expected": ("application/json", b'{"title": "Algebra"}'),
    "a form where an object is expected": (FORM, b"title=Algebra&credits=15"),
    "parts without a border": ("multipart/form-data", b"title=Algebra"),
    "a border without parts": ("multipart/form-data; boundary=x", b""),
    "parts that do not end": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nAlgebra'),
    "a part of no name": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nAlgebra\r\n--x--\r\n"),
    "a part of no kind": ("multipart/form-data; boundary=x", b"--x\r\n\r\nAlgebra\r\n--x--\r\n"),
    "a part with a broken head": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"a\r\nx: \xff\r\n\r\nb\r\n--x--\r\n"),
    "a part of another alphabet": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="title"\r\nContent-Type: text/plain; charset=utf-99\r\n\r\n\xff\r\n--x--\r\n'),
    "a file where a text is expected": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="title"; filename="a"\r\n\r\nAlgebra\r\n--x--\r\n'),
    "a text where a file is expected": (FORM, b"file=marks.csv"),
    "an endless border": (f"multipart/form-data; boundary={'x' * 5000}", b"--" + b"x" * 5000 + b"--"),
    "bytes that are no text": (FORM, b"title=\xff\xfe&\xff=\x00&csrf_token=\xff"),
    "half a sign": (FORM, b"title=%ED%A0%80&%ED%A0%80=1&name=%ED%A0%80&language=%ED%A0%80"),
    "no sign": (FORM, b"title=a%00b&%00=1&name=%00&language=%00&next=%00&decision=%00&version=%00&reason=%00"),
    "broken escapes": (FORM, b"title=%zz&%=%&&&=;=&"),
    "names that nobody knows": (FORM, f"id=1&state=published&institution_id=7&{XSS}=1&__proto__=1&role=authority&title[]=a&title.b=c".encode()),
    "other alphabets": (f"{FORM}; charset=utf-16", "title=a".encode("utf-16")),
    "an envelope": ("text/xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    "plain text": ("text/plain", b"title=Algebra"),
    "a picture": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "something packed": (FORM, gzip.compress(b"title=Algebra")),
    "a kind that is none": ("x" * 300, b"title=Algebra"),
}
MANY = range(MOST_FIELDS + 2000)
TOO_MUCH = (
    (FORM, "&".join(f"name{number}=" for number in MANY).encode()),
    ("multipart/form-data; boundary=x", b"".join(b'--x\r\nContent-Disposition: form-data; name="%d"\r\n\r\n\r\n' % number for number in MANY) + b"--x--\r\n"),
    ("text/plain", b"x" * 1_100_000),
)
each_group = pytest.mark.parametrize("group", WRITES)


@each_group
def test_a_body_that_is_not_what_it_says_or_nothing_at_all_is_a_refusal_or_an_empty_form(asking, group):
    """Each group of routes gets every body, and each route some: what a body is has been found out before a route is asked."""
    some = cycle(BODIES.values())
    for number, (endpoint, method, rule) in enumerate(WRITES[group], 1):
        last = number == len(WRITES[group])
        _send_bodies(asking, endpoint, method, rule, islice(some, len(BODIES) if last else 8 if rule.form or rule.json else 5))


@pytest.mark.drill
@each_group
def test_every_route_refuses_every_body_that_is_not_what_it_says(asking, group):
    for endpoint, method, rule in WRITES[group]:
        _send_bodies(asking, endpoint, method, rule, BODIES.values())


def _send_bodies(asking, endpoint, method, rule, bodies) -> None:
    who = who_may(rule)
    path = asking.path(endpoint, who, rule)
    for kind, body in bodies:
        answer = asking.ask(who, method, path, data=body, content_type=kind, headers=asking.headers(who, rule))
        if answer.status_code < 400:  # a step that needs nothing said has been taken
            asking.forget(who)
            path = asking.path(endpoint, who, rule)


@each_group
def test_more_than_anybody_has_to_say_is_refused_before_it_is_understood(asking, group, content):
    asking.app.config["WTF_CSRF_ENABLED"] = True
    turns = cycle(TOO_MUCH)
    for endpoint, method, rule in WRITES[group]:
        who = who_may(rule)
        path = asking.path(endpoint, who, rule)
        asking.client(who)
        before = content()
        for kind, body in TOO_MUCH if len(WRITES[group]) < len(TOO_MUCH) else [next(turns)]:
            answer = asking.ask(who, method, path, data=body, content_type=kind)
            assert answer.status_code == 413 or not rule.csrf, (path, kind)
        assert content() == before


@each_group
def test_an_object_of_any_kind_is_read_or_refused_with_a_sentence(asking, group, content):
    for endpoint, method, rule in WRITES[group]:
        if rule.json is not None:
            who = who_may(rule)
            path = asking.path(endpoint, who, rule)
            headers = asking.headers(who, rule)
            asking.client(who)
            before = content()
            for what, body in JSON_BODIES.items():
                answer = asking.ask(who, method, path, data=body, content_type="application/json", headers=headers)
                assert answer.status_code in (400, 422), what
            assert content() == before
