"""The badges of README.md, made from one setting: `repository` under `[tool.course]` in pyproject.toml.

`python -m tools.links` writes them.  While the setting is empty there are none: no address is invented.
"""

import tomllib

from tools.paths import ROOT

START, END = "<!-- links: written by python -m tools.links -->", "<!-- end of links -->"
FIRST = "notebooks/00_start_here.ipynb"


def repository(root=ROOT):
    """Where the course lives, as "owner/name"; empty until there is such a place."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["course"]["repository"]


def block(repository):
    """The lines that stand between the marks in README.md."""
    if not repository:
        return f"{START}\n{END}"
    binder = f"https://mybinder.org/v2/gh/{repository}/HEAD?labpath={FIRST.replace('/', '%2F')}"
    tests = f"https://github.com/{repository}/actions/workflows/ci.yml"
    return "\n".join(
        [
            START,
            f"[![Open in Binder](https://mybinder.org/badge_logo.svg)]({binder})",
            f"[![Tests]({tests}/badge.svg)]({tests})",
            END,
        ]
    )


def linked(text, repository):
    """The README's `text` with the links of `repository` between the marks."""
    before, _, rest = text.partition(START)
    return before + block(repository) + rest.partition(END)[2]


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(linked(readme.read_text(encoding="utf-8"), repository()), encoding="utf-8", newline="\n")
