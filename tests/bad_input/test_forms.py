"""Every form of every page, found as a browser finds it: each box with all that can be typed into it."""

import io
from collections.abc import Iterator
from html import escape
from itertools import cycle
from urllib.parse import quote_from_bytes

import pytest

from accounts.models import Role
from tests.access import seats
from tests.bad_input.asking import Asking, who_may
from tests.bad_input.forms import TYPED, Box, Form, forms_of
from tests.bad_input.garbage import FILES, VALUES
from tests.bad_input.routes import READS

PAGES = [group for group in READS if not group.endswith("_api") and group != "ground"]
OF_THE_PAGE = {"csrf_token", "version"}  # not typed by anybody
KEPT_AS_THEY_ARE = ["a formula", "markup", "a template", "a question to the database", "text turned round"]
ENCODED, IN_PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=border"
TEN_MEGABYTES = b"x" * 10_000_000

each_group = pytest.mark.parametrize("group", PAGES)


def found(asking: Asking, group: str) -> Iterator[tuple[str, str, Form]]:
    """(who, the page's address, form) of every form of a group's pages; one that is alike on several pages stands once."""
    asking.app.config["WTF_CSRF_ENABLED"] = True
    seats._enrolled(asking.mine, asking.mine.people[Role.TEACHER])  # so that there are participants
    seen = set()
    for endpoint, _method, rule in READS[group]:
        who = who_may(rule)
        path = asking.path(endpoint, who, rule)
        page = asking.ask(who, "GET", path)
        for form in forms_of(page.text) if page.mimetype == "text/html" else []:
            alike = form.action.rpartition("/")[2], form.method, form.names
            if alike not in seen:
                seen.add(alike)
                yield who, path, form


@each_group
def test_whatever_is_typed_the_answer_is_a_page_and_what_was_typed_is_kept(asking, group):
    """Every box gets every value, all boxes at once; then each box alone gets something that is text like any other, which reaches further in."""
    kept = cycle(KEPT_AS_THEY_ARE)
    for who, path, form in found(asking, group):
        boxes = _typed_into(form)
        values = list(VALUES.values())
        for turn in range(len(values) if boxes else 0):
            form = _send(asking, who, path, form, {box.name: values[(number + turn) % len(values)] for number, box in enumerate(boxes)})
        for box in boxes if form.method == "POST" else []:
            form = _send(asking, who, path, form, {box.name: VALUES[next(kept)]})


@pytest.mark.drill
@each_group
def test_each_box_alone_keeps_everything_that_is_text_like_any_other(asking, group):
    for who, path, form in found(asking, group):
        for box in _typed_into(form) if form.method == "POST" else []:
            for name in KEPT_AS_THEY_ARE if box.kind in TYPED else KEPT_AS_THEY_ARE[:1]:
                form = _send(asking, who, path, form, {box.name: VALUES[name]})


def _typed_into(form: Form) -> list[Box]:
    return [box for name, box in form.boxes.items() if box.kind != "file" and name not in OF_THE_PAGE]


def _send(asking: Asking, who: str, path: str, form: Form, typed: dict) -> Form:
    """Sends the form with this typed. Gives the form as the page has it afterwards."""
    if form.method == "GET":
        asking.ask(who, "GET", f"{form.action or path}?{encoded(form.sent(**typed)).decode()}")
        return form
    answer = asking.ask(who, "POST", form.action or path, data=encoded(form.sent(**typed)), content_type=ENCODED)
    if answer.status_code == 422:
        lost = [name for name, value in typed.items() if form.boxes[name].kind in TYPED and isinstance(value, str) and shown(value) not in answer.text]
        assert not lost, f"What was typed in {lost} is not kept by {form.action}."
        return form
    return _again(asking, who, path, form)


def _again(asking: Asking, who: str, path: str, form: Form) -> Form:
    """The form as the page has it now, for somebody who signs in anew; the same where it is gone."""
    asking.forget(who)
    page = asking.ask(who, "GET", path)
    return next((one for one in forms_of(page.text) if one.names == form.names and one.action == form.action), form)


def encoded(pairs) -> bytes:
    """As a browser sends a form, but with bytes that are no text left as they are."""
    return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in pairs).encode()


def _encoded(text: str | bytes) -> str:
    return quote_from_bytes(text if isinstance(text, bytes) else text.encode(), safe="")


def in_parts(pairs) -> bytes:
    """As a browser sends a form with files."""
    parts = (f'--border\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in pairs)
    return "".join([*parts, "--border--\r\n"]).encode()


def shown(typed: str) -> str:
    """As a page writes it."""
    return str(escape(typed, quote=False)).replace('"', "&#34;").replace("'", "&#39;")


@each_group
def test_ten_megabytes_of_text_are_refused_in_every_form(asking, group, content):
    for who, path, form in found(asking, group):
        if form.method == "POST":
            names = [box.name for box in form.boxes.values() if box.kind in TYPED] or ["more"]
            asking.client(who)
            before = content()
            of_ten_megabytes = {ENCODED: encoded(form.sent()) + f"&{names[0]}=".encode() + TEN_MEGABYTES, IN_PARTS: in_parts([*form.sent(), (names[-1], TEN_MEGABYTES.decode())])}
            for kind, sent in of_ten_megabytes.items():
                assert asking.ask(who, "POST", form.action or path, data=sent, content_type=kind).status_code == 413
            assert content() == before


def test_a_file_that_is_not_what_it_should_be_is_refused(asking, content):
    ((who, form, name),) = ((who, form, name) for who, _path, form in found(asking, "results") for name, box in form.boxes.items() if box.kind == "file")
    before = content()
    for what, (written, called) in FILES.items():
        sent = {**form.fields(), name: (io.BytesIO(written), called)}
        answer = asking.ask(who, "POST", form.action, data=sent, content_type="multipart/form-data")
        assert (answer.status_code, 'href="#file"' in answer.text or "Rows that could not be used" in answer.text) == (422, True), what
    assert content() == before
