"""The packages' own pages say what the code says: each lifecycle diagram is printed from its table."""

import re
from importlib import import_module

import pytest

from config.settings import ROOT

DIAGRAM = re.compile(r"<!-- diagram: (\S+):(\w+) -->\n```mermaid\n(.*?)```", re.DOTALL)
PAGES = sorted(path for path in ROOT.glob("*/**/README.md") if ".venv" not in path.parts and "node_modules" not in path.parts)
SHOWN = [(page, *found) for page in PAGES for found in DIAGRAM.findall(page.read_text(encoding="utf-8"))]
LIFECYCLES = {(path, name) for path in ROOT.glob("*/**/lifecycle.py") if ".venv" not in path.parts for name in re.findall(r"^(\w+_LIFE) = ", path.read_text(), re.M)}


@pytest.mark.parametrize(("page", "module", "name", "drawn"), SHOWN, ids=lambda value: value if isinstance(value, str) and value.isupper() else "")
def test_a_lifecycle_is_drawn_as_its_table_says(page, module, name, drawn):
    assert drawn == getattr(import_module(module), name).diagram() + "\n"


def test_every_lifecycle_is_drawn_somewhere():
    drawn = {(module, name) for _page, module, name, _text in SHOWN}

    assert drawn == {(".".join(path.relative_to(ROOT).with_suffix("").parts), name) for path, name in LIFECYCLES}
