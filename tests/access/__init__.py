"""Who may open what: every route, with every method, for every role, on what is one's own and on what is the neighbour's.

A route without a rule fails the build. Each area has one file here with a `POLICY`, and the area that adds a route adds its rule:

    from accounts.models import Role
    from tests.access.policy import EVERYBODY, SIGNED_IN, Rule

    POLICY = {
        "catalog.home": Rule(EVERYBODY),
        "catalog.show_module": Rule(EVERYBODY, address=lambda half, me: {"institution": half.institution.code, "slug": half.module.slug}),
        "publishing.edit_module": Rule({Role.EDITOR}, address=lambda half, me: {"module": half.module.uuid}),
        "seats.enrol": Rule({Role.TEACHER}, address=lambda half, me: {"offering": half.offering.uuid}, whose=None),
        "seats.withdraw": Rule({Role.TEACHER}, address=lambda half, me: {"enrolment": enrolled(me, half.offering).uuid}),
        "POST publishing.create_module": Rule({Role.EDITOR}, form=lambda half, me: {"title": "Algebra", "code": "MAT9"}),
    }

The key is an endpoint, or a method and an endpoint where the methods of one endpoint differ.

The world (`world.py`) has two halves that mirror each other: `half.county`, `.municipality`, `.region`, `.institution`, `.course`, `.module`, `.offering`, `.owner`,
`.school`, and `half.people[role]` for each role. `address(half, me)` gives the values of the address, `form` or `json` what is sent, `query` and `headers` what goes with it; they are asked for one half
and the person of that half, inside an app context, and may make the rows they need (tests/factories.py). The walker takes them

- from my own half: the answer must be `own` (200 for a GET, 302 or 303 for the rest, unless the rule says another);
- from the neighbour's half, with me signed in: 404, and word for word what a missing one gets. `whose=None` says that the thing is nobody's own
  (a public offering): the neighbour's is then answered as one's own; `sees_all={Role.AUTHORITY}` says so for some roles;
- as a signed-in person of another role, or with no role: 403 (`otherwise`);
- as a stranger: sent to sign in, or 401 where something is sent or JSON is asked for.

Beside that, for each: a refusal and a GET change nothing in the database; what is sent without a CSRF token gets 400 (`csrf=False`: a machine's door);
pages of signed-in people are kept by no cache; every answer has the security headers; TRACE gets 405.
"""
