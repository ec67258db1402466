"""How one wants to be told is one's own; the mail log is the national authority's."""

from accounts.models import Role
from tests.access.policy import SIGNED_IN, Rule

CHOICES = {topic: "now" for topic in ("other", "seats", "credits", "searches", "applications")}

POLICY = {
    "mail.choices": Rule(SIGNED_IN),
    "mail.choose": Rule(SIGNED_IN, form=lambda half, me: CHOICES),
    "mail.log": Rule({Role.AUTHORITY}),
    "mail.preview": Rule({Role.AUTHORITY}),
}
