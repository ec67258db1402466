"""Addresses, their queries, methods and heads, mistyped and made up, at every route."""

import re
from itertools import cycle, islice

import pytest

from tests.bad_input.asking import who_may
from tests.bad_input.garbage import HEADERS, PARTS, QUERIES
from tests.bad_input.routes import GROUPS, READS

# Pages that read the query of their address; every part of the API reads it, if only to refuse what it does not know.
ASKED = {
    "accounts.choose_language", "accounts.come_back", "accounts.leave_in_a_frame", "accounts.name_page", "accounts.sign_in_page", "accounts.sign_in_with",
    "catalog.search", "coverage.cell", "coverage.national", "coverage.national_csv", "coverage.own_region", "publishing.new_module", "publishing.show_work_list",
}  # fmt: skip
ANSWERED_FOR_ALL, NEVER_KNOWN = ("HEAD", "OPTIONS"), ("TRACE", "CONNECT", "PROPFIND", "BREW", "X" * 300)


@pytest.mark.parametrize("group", [group for group, routes in GROUPS.items() if any(rule.address for _endpoint, _method, rule in routes)])
def test_a_name_that_is_none_is_answered_with_a_sentence(asking, group):
    some = cycle(PARTS.values())
    for endpoint, method, rule in GROUPS[group]:
        written = next(one.rule for one in asking.app.url_map.iter_rules(endpoint))
        names = re.findall(r"<([^>]+)>", written)
        judged_by_router = all(":" in name for name in names)  # a UUID, or one of a few words
        for nonsense in islice(some, 4 * bool(names)) if judged_by_router else PARTS.values():
            path = re.sub(r"<[^>]+>", lambda _name, nonsense=nonsense: nonsense, written)
            assert asking.ask(who_may(rule), method, path).status_code in (400, 401, 404, 405, 413, 415, 422), path


@pytest.mark.parametrize("group", READS)
def test_a_query_of_any_kind_is_understood_or_passed_over_or_refused_with_a_sentence(asking, group, content):
    some = cycle(QUERIES.values())
    for endpoint, _method, rule in READS[group]:
        who = who_may(rule)
        path = asking.path(endpoint, who, rule)
        asking.client(who)
        before = content()
        for query in QUERIES.values() if endpoint in ASKED or group.endswith("_api") else islice(some, 5):
            asking.ask(who, "GET", f"{path}?{query}")
        assert content() == before


@pytest.mark.parametrize("group", GROUPS)
def test_methods_that_a_page_has_not_are_refused_and_those_that_only_ask_change_nothing(asking, group):
    """What no page has is refused before any page is asked, so the pages take turns at it."""
    never = cycle(NEVER_KNOWN)
    for endpoint, rule in {endpoint: rule for endpoint, _method, rule in GROUPS[group]}.items():
        who = who_may(rule)
        path = asking.path(endpoint, who, rule)
        written = {one.rule for one in asking.app.url_map.iter_rules(endpoint)}
        known = set().union(*(one.methods for one in asking.app.url_map.iter_rules() if one.rule in written))
        for method in (*ANSWERED_FOR_ALL, next(never)):
            assert (asking.ask(who, method, path).status_code == 405) is (method not in known), (method, path)


@pytest.mark.parametrize("name", HEADERS)
def test_whatever_stands_in_the_head_of_a_request_the_answer_is_one_of_ours(asking, name):
    offering, module = asking.mine.offering.uuid, asking.mine.module
    paths = ["/", "/search?q=tall", "/sign-in", "/api/docs", "/api/v1/modules", "/coverage", "/static/seksti.css", "/no-such-page", f"/offerings/{offering}.ics"]
    paths += [f"/modules/{module.institution.code}/{module.slug}", f"/offerings/{offering}"]
    for value in HEADERS[name]:
        for path in paths:
            answer = asking.ask("stranger", "GET", path, headers=[(name, value)])
            assert answer.status_code in (200, 206, 304, 400, 404, 412, 416), (path, value)
            assert name == "Host" or b"evil.example" not in answer.data, (path, value)
        assert asking.ask("stranger", "POST", "/sign-out", headers=[(name, value)]).status_code in (400, 401, 413), value


def test_a_search_that_begins_with_a_name_of_another_host_leads_nowhere_else(asking):
    for path in ("//evil.example/", "//evil.example/%2f..", "/%5Cevil.example", "/%09/evil.example", "/search//evil.example", "///"):
        assert asking.ask("stranger", "GET", path).status_code in (200, 308, 404), path
