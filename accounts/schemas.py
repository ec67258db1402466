"""The shape of what people say of themselves."""

from config.forms import Schema, text


class NameSchema(Schema):
    name = text(120, required=True)
