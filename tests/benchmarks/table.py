"""Runs the benchmarks and prints their table; `--write` keeps it in tests/benchmarks/README.md, section by section."""

import argparse
import os
import pkgutil
import platform
import re
import sys
import time
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
    return sorted(module.name for module in pkgutil.iter_modules([str(FOLDER)]) if module.name != "table" and not module.ispkg)


def main(arguments: Sequence[str]) -> int:
    chosen = _parse(arguments)
    if chosen.quick:
        os.environ[benchmarks.QUICK] = "yes"
    for name in chosen.names or names():
        section = run(name)
        print(f"\n{section}", flush=True)
        if chosen.write:
            README.write_text(with_section(README.read_text() if README.exists() else "", name, section))
    return 0


def run(name: str) -> str:
    """One benchmark as a section of the page: its table, then what it was measured on."""
    machine, began = measured_on(), time.monotonic()
    print(f"\n{name}: {machine}", flush=True)
    module = import_module(f"{benchmarks.__name__}.{name}")
    figures = module.run()
    return f"{table(heading(module), figures)}\n\n{machine} It took {time.monotonic() - began:.0f} s."


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m tests bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names())}; all where none is named")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that everything runs; the figures mean nothing")
    parser.add_argument("--write", action="store_true", help="keep the figures in tests/benchmarks/README.md")
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.names) - set(names())
    if unknown:
        parser.error(f"there is no benchmark named {', '.join(sorted(unknown))}")
    if chosen.quick and chosen.write:
        parser.error("quick figures mean nothing, so they are not kept")
    return chosen


def heading(module: ModuleType) -> str:
    return (module.__doc__ or module.__name__).strip().splitlines()[0].rstrip(".")


def table(title: str, figures: Iterable[Figure]) -> str:
    rows = [f"| {figure.what} | {_written(figure)} | {figure.goal} | {_verdict(figure)} |" for figure in figures]
    return "\n".join([f"## {title}", "", "| what | measured | goal | reached |", "|---|---:|---|---|", *rows])


def _written(figure: Figure) -> str:
    spread = f" ({_number(figure.spread[0])}–{_number(figure.spread[1])})" if figure.spread else ""
    return f"{_number(figure.value)} {figure.unit}".strip() + spread


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if abs(value) >= 100 else f"{value:.3g}"


def _verdict(figure: Figure) -> str:
    return {None: "", True: "yes", False: "**no**"}[figure.met]


def measured_on() -> str:
    """What the figures were measured on, as figures without it say little."""
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("flask", "sqlalchemy", "gunicorn"))
    day = datetime.now(UTC).date().isoformat()
    load = os.getloadavg()[0]
    machine = f"{_processor()}, {os.cpu_count()} cores (load {load:.1f}), {platform.system()}"
    return f"Measured on {day}: {machine}, Python {platform.python_version()}, {packages}."


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
