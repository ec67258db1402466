"""The forms of a page, as a browser sees them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

TEXT = {"text", "search", "email", "url", "tel", "textarea"}
"""Kinds of boxes for words."""
TYPED = TEXT | {"date", "time", "number"}
"""Kinds of boxes in which one can write anything."""


@dataclass
class Box:
    """One thing that can be filled in or chosen. `values` are what the browser would send as it stands."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    """Where it goes, how, and its boxes by name."""

    action: str
    method: str
    several_parts: bool
    boxes: dict[str, Box] = field(default_factory=dict)

    def sent(self, **typed: Any) -> list[tuple[str, Any]]:
        """What a browser sends, with something else typed in some boxes."""
        standing = [(box.name, value) for box in self.boxes.values() if box.name not in typed and box.kind != "file" for value in box.values]
        return standing + [(name, one) for name, value in typed.items() for one in (value if isinstance(value, list) else [value])]

    def fields(self, **typed: Any) -> dict[str, Any]:
        """The same for a test client, which takes a list where there are several values."""
        sent: dict[str, list[Any]] = {}
        for name, value in self.sent(**typed):
            sent.setdefault(name, []).append(value)
        return sent

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self.boxes))


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._list: Box | None = None
        self._text: Box | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._open = Form(said.get("action", ""), said.get("method", "get").upper(), "multipart" in said.get("enctype", ""))
            self.forms.append(self._open)
        elif self._open is not None and said.get("name"):
            self._take(tag, said)
        elif tag == "option" and self._list is not None:
            self._list.choices.append(said.get("value", ""))
            if "selected" in said:
                self._list.values = [said.get("value", "")]

    def _take(self, tag: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text") if tag == "input" else tag
        kind = "number" if said.get("inputmode") in ("numeric", "decimal") else kind
        box = self._open.boxes.setdefault(said["name"], Box(said["name"], kind))
        if tag == "select":
            self._list = box
        elif tag == "textarea":
            self._text = box
            box.values = [""]
        elif kind in ("radio", "checkbox"):
            box.choices.append(said.get("value", "on"))
            box.values += [said.get("value", "on")] if "checked" in said else []
        elif tag == "input" and kind not in ("file", "submit"):
            box.values.append(said.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.values[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._text is not None:
            self._text.values[-1] = self._text.values[-1].removeprefix("\n")
            self._text = None
        elif tag == "select":
            self._list = None


def forms_of(page: str) -> list[Form]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms
