"""From a bare python3 to one that has what the project needs.

Only the standard library, and only words that an old Python can read, so that it too gets a sentence instead of a stack trace.
The two commands come through here: `python3 wsgi.py` and `python3 -m tests`.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OLDEST = (3, 11)
NEW_ENOUGH = ("python3.11", "python3.12", "python3.13", "python3.14")
SIGNS_OF_NO_NETWORK = (
    "connection broken by",
    "name resolution",
    "Name or service not known",
    "Failed to establish a new connection",
    "Network is unreachable",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Read timed out",
    "ProxyError",
)


class CannotStart(Exception):
    """Something outside the project is missing; the message says what, and what to do, in a sentence for the person at the screen."""


def serve_from_scratch(front):
    """`python3 wsgi.py`: serves the application of the file `front` from inside an environment that is made when missing.

    Returns an exit status, and only where it could not start.
    """
    name = os.path.splitext(os.path.basename(front))[0]
    return run_inside("requirements.txt", ["-m", "config.serve", name] + sys.argv[1:])


def run_inside(requirements, command, root=ROOT):
    """Becomes the environment's Python with `command`, in the project's folder, so that the process keeps its number.

    Returns an exit status only where that was not possible, and then a sentence has been printed.
    """
    try:
        check_python()
        python = ready_environment(root, requirements)
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    os.chdir(root)
    sys.stdout.flush()
    os.execv(python, [python] + command)


def check_python(version=sys.version_info):
    """Raises CannotStart under a Python that is too old, and names a newer one where there is one."""
    if tuple(version[:2]) >= OLDEST:
        return
    sentence = "Seksti needs Python 3.11 or newer, and this is %d.%d." % (version[0], version[1])
    newer = next((name for name in NEW_ENOUGH if _runs(name)), None)
    raise CannotStart(sentence + (" Start it with %s instead." % newer if newer else " Please install a newer Python."))


def _runs(name):
    return bool(shutil.which(name)) and _run([name, "-c", ""]).returncode == 0


def ready_environment(root, requirements):
    """Path of the environment's Python, with exactly the packages of a requirements file. Raises CannotStart."""
    folder = os.path.join(root, ".venv")
    python = os.path.join(folder, "bin", "python")
    if is_ready(root, requirements):
        return python
    with _alone(root):
        if not is_ready(root, requirements):
            _make_ready(root, folder, python, requirements)
    return python


def is_ready(root, requirements):
    """Whether the stamp says that these requirements are installed for this Python. Nothing is run to find out."""
    python = os.path.join(root, ".venv", "bin", "python")
    try:
        with open(stamp_path(root, requirements)) as file:
            return file.read() == stamp(os.path.join(root, requirements)) and os.access(python, os.X_OK)
    except FileNotFoundError:
        return False


def stamp_path(root, requirements):
    return os.path.join(root, ".venv", os.path.splitext(requirements)[0] + ".stamp")


def stamp(path, version=sys.version_info):
    """What stands in the stamp: the digest of the requirements and the Python they were installed for."""
    with open(path, "rb") as file:
        return "%s for Python %d.%d\n" % (hashlib.sha256(file.read()).hexdigest(), version[0], version[1])


@contextlib.contextmanager
def _alone(root):
    """One process at a time makes the environment; another one waits, and then finds it made."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _make_ready(root, folder, python, requirements):
    if not os.access(folder if os.path.isdir(folder) else root, os.W_OK):
        raise CannotStart("Seksti keeps its packages in %s, and you may not write there." % folder)
    if not _is_usable(python):
        _make_environment(folder)
    _install(python, os.path.join(root, requirements))
    with open(stamp_path(root, requirements), "w") as file:
        file.write(stamp(os.path.join(root, requirements)))


def _is_usable(python):
    """Whether there is an environment with pip for the Python that runs us. A half-made one, or one whose Python is gone, is not."""
    if not os.access(python, os.X_OK):
        return False
    asked = subprocess.run([python, "-c", "import sys, pip; print(*sys.version_info[:2])"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return asked.stdout.decode().split() == [str(part) for part in sys.version_info[:2]]


def _make_environment(folder):
    say("Making a virtual environment in .venv …")
    if not _has_ensurepip():
        _install_ensurepip()
    made = _run([_own_python(), "-m", "venv", "--clear", folder])
    if made.returncode:
        raise CannotStart("The virtual environment could not be made:\n" + _last_lines(made))


def _own_python():
    """The Python itself, also when we run inside an environment, which must not clear the floor it stands on."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _has_ensurepip():
    return _run([_own_python(), "-c", "import venv, ensurepip; ensurepip.version()"]).returncode == 0


def _install_ensurepip():
    """Debian and Ubuntu ship venv's second half as a package of its own."""
    if not shutil.which("apt-get"):
        raise CannotStart("This Python has no venv and ensurepip. Please install your system's package for them, and start again.")
    if os.geteuid() != 0:
        raise CannotStart("This Python has no venv. Please run this line, and start again:  sudo apt-get install -y python3-venv")
    say("Installing Debian's python3-venv …")
    if not (_apt_get("install", "python3-venv") or (_apt_get("update") and _apt_get("install", "python3-venv"))) or not _has_ensurepip():
        raise CannotStart("python3-venv could not be installed. Please run this line, and start again:  apt-get update && apt-get install -y python3-venv")


def _apt_get(verb, *packages):
    quiet = dict(os.environ, RUNLEVEL="1", DEBIAN_FRONTEND="noninteractive")
    options = ["-y", "--no-install-recommends"] if packages else []
    return _run(["apt-get", verb] + options + list(packages), env=quiet).returncode == 0


def _install(python, path):
    say("Installing the packages of %s; this takes less than a minute …" % os.path.basename(path))
    command = [python, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "-r", path]
    installed = _run(command + ["--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"])
    if installed.returncode:
        raise CannotStart(_why_not_installed(installed))


def _why_not_installed(installed):
    output = _text(installed)
    if any(sign in output for sign in SIGNS_OF_NO_NETWORK):
        return "The packages could not be fetched: the package index does not answer. Please check the network, and start again."
    if "DO NOT MATCH THE HASHES" in output:
        return "A package is not the one that was pinned: its hash differs, so nothing was installed.\n" + _last_lines(installed)
    return "The packages could not be installed:\n" + _last_lines(installed)


def _run(command, env=None):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env)


def _text(process):
    return process.stdout.decode("utf-8", "replace")


def _last_lines(process, count=15):
    return "\n".join(_text(process).strip().splitlines()[-count:])


def say(sentence):
    print(sentence, flush=True)
