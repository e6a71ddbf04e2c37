"""What an office's own templates may do: show values, within their folder and within limits."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from reports import own_templates
from reports.own_templates import Limits
from tests.helpers.factory_cli import cache, db, good, refused

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

SMALL = Limits(seconds=1, megabytes=200, characters=100_000)


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office's own templates, each paper of which may cost little."""
    monkeypatch.setattr(own_templates, "LIMITS", SMALL)
    folder = tmp_path / "office" / "templates"
    folder.mkdir(parents=True)
    return folder


def words(templates: Path, db: Path, *more: str | Path) -> tuple[str | Path, ...]:
    out = templates.parents[1] / "out"
    asked = ("notices", "--as-of", "2022-12-20", "--out", out, "--db", db)
    return (*asked, "--office", templates.parent, *more)


def told(templates: Path, db: Path, text: str, lang: str = "en") -> str:
    """What is said of an index that is made from this template; no paper is left."""
    (templates / "index.html.j2").write_text(text, "utf-8")
    said = refused(*words(templates, db, "--lang", lang))
    assert not (templates.parents[1] / "out").exists()
    return said.removeprefix(str(templates)).splitlines()[0]


POPEN = "{{ cycler.__init__.__globals__.os.popen('touch PWNED').read() }}"
NO_MORE = "a template shows values, and may do nothing else"
FORBIDDEN: Mapping[str, tuple[str, int, str]] = {
    "a program": (POPEN, 1, NO_MORE),
    "a class": ("{{ ''.__class__.__mro__ }}", 1, NO_MORE),
    "what a function holds": ("<p>\n{{ _.__globals__ }}", 2, NO_MORE),
    "a format": ("{{ '{0.__class__}'.format(index) }}", 1, NO_MORE),
    "a value changed": ("{{ [].append(1) }}", 1, NO_MORE),
    "a value of none": ("{{ index.rows.foo.bar }}", 1, "'foo' is not among its values"),
    "a name of none": ("<p>\n\n{{ nobody }}", 3, "'nobody' is not among its values"),
    "a file above": (
        "{% include '../../../etc/passwd' %}", 1, "there is no template '../../../etc/passwd'"
    ),
    "a file of the system": (
        "{% include '/etc/passwd' %}", 1, "there is no template '/etc/passwd'"
    ),
    "no such file": ("{% import 'a.j2' as a %}", 1, "there is no template 'a.j2'"),
    "itself": ("{% include 'index.html.j2' %}", 1, "it asks itself again and again"),
    "a macro without end": (
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "it asks itself again and again"
    ),
    "a range": ("{% for i in range(10**9) %}{% endfor %}", 1,
                "a range has at most 100000 numbers"),
    "half a character": (r"{{ '\ud800' }}", 0, "it makes half a character, which no file takes"),
    "a long paper": ("{% for i in range(99) %}\n{{ 'a' * 9999 }}\n{% endfor %}", 0,
                     "the paper has more than 100000 characters"),
}  # fmt: skip


@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_template_may_do_nothing_but_show_values(templates: Path, db: Path, what: str) -> None:
    text, line, reason = FORBIDDEN[what]
    mark = templates.parent / "touched"
    said = told(templates, db, text.replace("PWNED", str(mark)))
    assert not mark.exists()
    place = f"/index.html.j2:{line}" if line else "/index.html.j2"
    assert said.startswith(f"{place}: the template fails: {reason}")


ENDLESS = {
    "loops": "{% for a in range(99999) %}\n{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "sums": "{{ range(99999) | map('string') | sort | join | length }}" * 10_000,
    "lists in lists": "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}"
    "{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
}


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a processor's time")
@pytest.mark.parametrize("what", ENDLESS)
def test_a_template_that_takes_too_long_is_ended(templates: Path, db: Path, what: str) -> None:
    said = told(templates, db, ENDLESS[what])
    reasons = ("a paper takes longer than 1 seconds", "it takes too much memory")
    assert said.startswith("/index.html.j2")
    assert said.partition("the template fails: ")[2] in reasons


@pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory")
@pytest.mark.parametrize(
    "text",
    [
        "{{ 'a' * 10**10 }}",
        "{{ '%9999999999d' | format(1) }}",
        "{{ 'a' | center(10**10) }}",
        "{% set ns = namespace(x='a') %}{% for i in range(60) %}"
        "{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    ],
)
def test_a_template_that_takes_too_much_memory_is_told(
    templates: Path, db: Path, text: str
) -> None:
    assert told(templates, db, text) == (
        "/index.html.j2:1: the template fails: it takes too much memory"
    )


def test_what_is_wrong_is_told_in_chinese_too(templates: Path, db: Path) -> None:
    said = told(templates, db, "{{ ''.__class__.x }}", "zh")
    assert said == "/index.html.j2:1: 模板出错：模板只能显示给它的值，不能做别的"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no links, no pipes")
def test_a_link_that_leads_out_of_the_folder_is_refused(templates: Path, db: Path) -> None:
    secret = templates.parent / "secret.txt"
    secret.write_text("机密", "utf-8")
    link = "this link leads out of the folder 'templates'"
    (templates / "foot.txt").symlink_to(secret)
    said = told(templates, db, "{% include 'foot.txt' %}")
    assert said == f"/foot.txt: the template fails: {link}"
    (templates / "foot.txt").unlink()
    os.mkfifo(templates / "foot.txt")
    assert told(templates, db, "{% include 'foot.txt' %}").endswith("this is no plain file")
    (templates / "notice.html.j2").symlink_to(secret)
    os.mkfifo(templates / "notice.txt.j2")
    (templates / "month.html.j2").write_text("x" * 1_000_001, "utf-8")
    said = refused(*words(templates, db))
    assert said.splitlines() == [
        f"{templates / 'month.html.j2'}: a template has at most 1000000 bytes",
        "  hint: copy the file itself into the folder",
        f"{templates / 'notice.html.j2'}: {link}",
        "  hint: copy the file itself into the folder",
        f"{templates / 'notice.txt.j2'}: this is no plain file",
        "  hint: copy the file itself into the folder",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no links")
def test_a_folder_of_templates_that_lies_elsewhere_is_refused(
    tmp_path: Path, templates: Path, db: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    templates.rmdir()
    templates.symlink_to(tmp_path / "elsewhere")
    told_ = f"{templates}: this link leads out of the folder 'office'\n"
    assert refused(*words(templates, db)).startswith(told_)


def test_links_within_the_folder_and_the_values_of_a_paper_work(templates: Path, db: Path) -> None:
    (templates / "foot").mkdir()
    (templates / "foot" / "foot.txt").write_text("制表人：{{ index.rows | length }}", "utf-8")
    if hasattr(os, "mkfifo"):
        (templates / "low.txt").symlink_to(templates / "foot" / "foot.txt")
    else:
        (templates / "low.txt").write_text("制表人：{{ index.rows | length }}", "utf-8")
    (templates / "index.html.j2").write_text(
        "{% for row in index.rows %}{{ loop.index }} {{ row.html }}\n{% endfor %}"
        "{% include 'low.txt' %} {{ _('unit') }}\u202e",
        "utf-8",
    )
    good(*words(templates, db))
    out = templates.parents[1] / "out"
    pages = sorted(path.name for path in out.glob("*.html") if path.name != "index.html")
    lines = (out / "index.html").read_text("utf-8").splitlines()
    assert sorted(line.partition(" ")[2] for line in lines[:-1]) == pages
    assert lines[-1] == f"制表人：{len(pages)} unit␛"


def test_where_one_template_fails_no_paper_of_the_command_is_written(
    tmp_path: Path, templates: Path, db: Path
) -> None:
    (templates / "month.html.j2").write_text("{{ nobody }}", "utf-8")
    asked = ("audit", "--as-of", "2022-10-01", "--db", db, "--office", templates.parent)
    page, table = tmp_path / "m.html", tmp_path / "m.csv"
    said = refused(*asked, "--csv", table, "--html", page, "--keep")
    assert "month.html.j2:1: the template fails" in said
    assert not page.exists()
    assert not table.exists()
    assert "kept" not in good("journal", "--db", db).out
