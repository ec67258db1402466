"""Schemas of others that files are tried against, where they lie on this machine: beside the project, or in the folder SEKSTI_STANDARDS names."""

import os
from pathlib import Path

import pytest

from config.settings import ROOT

FOLDER = Path(os.environ.get("SEKSTI_STANDARDS") or ROOT.parent / "shared" / "standards")


def schema(name: str) -> Path:
    """The path of one, such as elmo/elmo-1.7.xsd; the test is skipped where it is not there."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not on this machine")
    return path
