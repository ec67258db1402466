"""The browser of the journeys: the Chromium that the system has, never one that is fetched."""

import os
import shutil

HOW_TO_GET_IT = "apt-get install -y --no-install-recommends chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def program() -> str | None:
    """Where it stands: $SEKSTI_CHROMIUM, else the first on the path; None where there is none."""
    return os.environ.get("SEKSTI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
