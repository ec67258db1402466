"""Refusals: one family of errors, each with a code for programs, a status and a sentence for the person."""

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """Something the system will not do. The sentence is for the person at the screen, in their language.

    `code` is stable and names the kind of problem (RFC 9457 `type`); `status` is the HTTP status.
    """

    code = "refused"
    status = 409

    def __init__(self, sentence: str, **facts):
        super().__init__(sentence)
        self.sentence = sentence
        self.facts = facts


class NotFound(Refusal):
    """No such thing, or none that this person may see: the two look the same on purpose."""

    code = "not-found"
    status = 404


class SignInNeeded(Refusal):
    code = "sign-in-needed"
    status = 401


class NotAllowed(Refusal):
    """The person is known, but the hat they wear may not do this."""

    code = "not-allowed"
    status = 403


class StepRefused(Refusal):
    """The step is not in the lifecycle table for the state the thing is in."""

    code = "step-refused"

    def __init__(self, state: str, event: str):
        super().__init__(f"“{event}” is not possible while the state is “{state}”.", state=str(state), event=event)


class BadInput(Refusal):
    """What was sent is not well formed. `errors` maps a field's name to its sentences."""

    code = "bad-input"
    status = 422

    def __init__(self, sentence: str, errors: Mapping[str, Sequence[str]] | None = None):
        super().__init__(sentence)
        self.errors = dict(errors or {})


class StaleEdit(Refusal):
    """Somebody else saved in between."""

    code = "stale-edit"


class TooManyTries(Refusal):
    """A limit is reached. `wait` is the number of seconds until it is worth trying again."""

    code = "too-many-tries"
    status = 429

    def __init__(self, sentence: str, wait: int):
        super().__init__(sentence)
        self.wait = wait
