"""Opens debugpy in the first Python process of a launch that is to be debugged (src/core/debug/launchEnvironment.ts)."""

import importlib.machinery
import importlib.util
import os
import socket
import sys


def _leave():
    """Nothing of this reaches other processes: debugpy itself follows those that the program starts."""
    here = os.path.dirname(os.path.abspath(__file__))
    rest = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path and os.path.abspath(path) != here]
    os.environ.pop("PYTHONPATH", None)
    if rest:
        os.environ["PYTHONPATH"] = os.pathsep.join(rest)
    sys.path[:] = [path for path in sys.path if not path or os.path.abspath(path) != here]
    return os.environ.pop("SERVICE_LIFECYCLE_DEBUGPY", None)


def _open(libraries):
    if libraries:
        sys.path.insert(0, libraries)
    # Otherwise it warns of modules of Python itself, in which nothing can be debugged.
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    try:
        import debugpy
    finally:
        if libraries:
            sys.path.remove(libraries)
    # The adapter reports no port that the system chooses, but its arguments show the one that it was given.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    debugpy.listen(("127.0.0.1", port))


def _run_hidden():
    """Runs the module of this name that this one hides."""
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", sys.path)
    if spec is None or spec.loader is None:
        return
    module = importlib.util.module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


_libraries = _leave()
_run_hidden()
if _libraries is not None:
    try:
        _open(_libraries)
    except Exception as error:
        sys.stderr.write("No debugger could be opened: %s\n" % error)
