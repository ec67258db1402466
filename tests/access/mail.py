"""How one wants to be told is one's own; the mail log is the national authority's."""

from accounts.mail.topics import all_topics
from accounts.models import Role
from tests.access.policy import SIGNED_IN, Rule

POLICY = {
    "mail.choices": Rule(SIGNED_IN),
    "mail.choose": Rule(SIGNED_IN, form=lambda half, me: {topic.code: "now" for topic in all_topics()}),
    "mail.log": Rule({Role.AUTHORITY}),
    "mail.preview": Rule({Role.AUTHORITY}),
}
