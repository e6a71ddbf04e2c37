"""How a help page is laid out: in columns that stand straight where characters are wide."""

from __future__ import annotations

from collections.abc import Iterable

import click


class HelpPage(click.HelpFormatter):
    """A help page whose second column begins in one place, whatever is written in the first."""

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Writes the rows as click does, measured in cells of a screen."""
        from rich.cells import cell_len

        rows = list(rows)
        column = min(max((cell_len(first) for first, _ in rows), default=0), col_max) + col_spacing
        beside, below = " " * self.current_indent, " " * (self.current_indent + column)
        for first, second in rows:
            text = click.wrap_text(second, max(self.width - column - 2, 10))
            lines = text.splitlines() or [""]
            room = column - cell_len(first)
            if room >= col_spacing:
                self.write(f"{beside}{first}{' ' * room}{lines.pop(0)}".rstrip() + "\n")
            else:
                self.write(f"{beside}{first}\n")
            for line in lines:
                self.write(f"{below}{line}".rstrip() + "\n")


class HelpContext(click.Context):
    """What a command line is read in: its help is such a page."""

    formatter_class = HelpPage
