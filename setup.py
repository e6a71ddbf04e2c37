"""What setup.cfg cannot say: the catalogues are compiled wherever the program is installed from."""

from babel.messages.setuptools_frontend import compile_catalog
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithWords(build_py):
    """Compiles the catalogues where they lie before anything is copied into a wheel."""

    def run(self) -> None:
        """As `build_py`, with the words."""
        self.run_command("compile_catalog")
        super().run()


setup(cmdclass={"build_py": BuildWithWords, "compile_catalog": compile_catalog})
