"""What is sent about a need: shape only."""

from config.forms import Schema, text

LONGEST_QUERY = 10_000


class NeedSchema(Schema):
    """`query`: as it stands in the address of the search."""

    query = text(LONGEST_QUERY, load_default="")
