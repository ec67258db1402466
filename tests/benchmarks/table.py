"""Runs the benchmarks and prints their table; `--write` keeps it in tests/benchmarks/README.md, section by section."""

import argparse
import os
import pkgutil
import platform
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib import import_module, metadata
from pathlib import Path
from types import ModuleType

from tests import benchmarks
from tests.benchmarks import Figure

FOLDER = Path(__file__).parent
README = FOLDER / "README.md"


def names() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules([str(FOLDER)]) if module.name != "table")


def main(arguments: Sequence[str]) -> int:
    chosen = _parse(arguments)
    print(measured_on(), flush=True)
    for name in chosen.names or names():
        module = import_module(f"{benchmarks.__name__}.{name}")
        section = table(heading(module), module.run())
        print(f"\n{section}", flush=True)
        if chosen.write:
            README.write_text(with_section(README.read_text() if README.exists() else "", name, f"{section}\n\n{measured_on()}"))
    return 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m tests bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names())}; all where none is named")
    parser.add_argument("--write", action="store_true", help="keep the figures in tests/benchmarks/README.md")
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.names) - set(names())
    if unknown:
        parser.error(f"there is no benchmark named {', '.join(sorted(unknown))}")
    return chosen


def heading(module: ModuleType) -> str:
    return (module.__doc__ or module.__name__).strip().splitlines()[0].rstrip(".")


def table(title: str, figures: Iterable[Figure]) -> str:
    rows = [f"| {figure.what} | {_written(figure)} | {figure.goal} | {_verdict(figure)} |" for figure in figures]
    return "\n".join([f"## {title}", "", "| what | measured | goal | reached |", "|---|---:|---|---|", *rows])


def _written(figure: Figure) -> str:
    value = f"{figure.value:,.0f}".replace(",", " ") if abs(figure.value) >= 100 else f"{figure.value:.3g}"
    return f"{value} {figure.unit}".strip()


def _verdict(figure: Figure) -> str:
    return {None: "", True: "yes", False: "**no**"}[figure.met]


def measured_on() -> str:
    """What the figures were measured on, as figures without it say little."""
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("flask", "sqlalchemy", "gunicorn"))
    day = datetime.now(UTC).date().isoformat()
    load = os.getloadavg()[0]
    return f"Measured on {day}: {_processor()}, {os.cpu_count()} cores (load {load:.1f}), {platform.system()}, Python {platform.python_version()}, {packages}."


def _processor() -> str:
    try:
        return re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())[1]
    except (OSError, TypeError):
        return platform.machine()


def with_section(text: str, name: str, section: str) -> str:
    """The page with one section new, the others and all that is written around them as they were."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    fresh = f"{begin}\n{section}\n{end}"
    if begin in text:
        return re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _match: fresh, text, flags=re.DOTALL)
    return (f"{text.rstrip()}\n\n" if text.strip() else "# Benchmarks\n\n") + fresh + "\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
