"""What setup.cfg cannot say: the catalogues are compiled wherever the program is installed from,
and durable-rules, which comes as C source, is asked for only where it can be built.
"""

import configparser
import os
import shlex
import subprocess
import sysconfig
import tempfile
from pathlib import Path

from babel.messages.setuptools_frontend import compile_catalog
from setuptools import setup
from setuptools.command.build_py import build_py

C_SOURCE = """#include <Python.h>
PyObject *called(PyObject *one) { return PyEval_CallObject(one, one); }
"""
"""What durable-rules needs of Python's headers; those of 3.13 have it under another name."""


class BuildWithWords(build_py):
    """Compiles the catalogues where they lie before anything is copied into a wheel."""

    def run(self) -> None:
        """As `build_py`, with the words."""
        self.run_command("compile_catalog")
        super().run()


def builds_c() -> bool:
    """Whether this machine builds durable-rules, by the compiler and flags that pip would use."""
    compiler = os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc"
    flags = os.environ.get("CPPFLAGS", "")
    include = sysconfig.get_paths()["include"]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "asked.c"
        source.write_text(C_SOURCE, encoding="ascii")
        strict = ["-Werror=implicit-function-declaration", "-Wno-deprecated-declarations"]
        words = [*shlex.split(compiler), *shlex.split(flags), *strict, f"-I{include}", "-c"]
        words.append(str(source))
        try:
            done = subprocess.run(words, cwd=folder, capture_output=True, check=False)
        except OSError:
            return False
    return done.returncode == 0


def required() -> list[str]:
    """What setup.cfg asks for, without durable-rules where that cannot be built: plain Python then
    concludes the same alerts.
    """
    parser = configparser.ConfigParser()
    parser.read(Path(__file__).with_name("setup.cfg"), encoding="utf-8")
    asked = parser["options"]["install_requires"].split("\n")
    kept = [line for line in asked if line.strip()]
    if builds_c():
        return kept
    return [line for line in kept if not line.startswith("durable-rules")]


if __name__ == "__main__":
    setup(
        cmdclass={"build_py": BuildWithWords, "compile_catalog": compile_catalog},
        install_requires=required(),
    )
