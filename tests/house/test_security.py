"""What a scanner for known kinds of insecure code finds is mended, or answered here and in SECURITY.md."""

import json
import subprocess
import sys

from tests.house.tree import PACKAGE, ROOT

# (what bandit found, where): why it stays. Anything else is a failure.
ANSWERED = {
    ("B404", "wholeperson/"): "other programs are started by name with a list of words, never through a shell",
    ("B603", "wholeperson/"): "the words of those lists are ours, or the addresses of this installation's own settings",
    ("B606", "wholeperson/commands/serve.py"): "the process becomes the web server, without a shell",
    ("B608", "wholeperson/sweep/"): "table and column names come from our own vocabulary, values are bound or quoted; "
    "the statements run in an engine of their own over the files of the same user, not in the site's database",
    ("B608", "wholeperson/record/rekeying.py"): "table and column names come from our own models, values are bound",
    ("B608", "wholeperson/record/together.py"): "table and column names come from our own models, values are bound",
    ("B608", "wholeperson/access/compiled.py"): "it puts together what Django's own compiler wrote; values are bound",
    (
        "B608",
        "wholeperson/casework/care/migrations/",
    ): "a moment and a table of ours, put into statements of a migration",
    ("B608", "wholeperson/casework/members/walls.py"): "tables and depths are words of ours, written by a migration",
    ("B308", "wholeperson/handbook/shelf/blocks.py"): "what it calls safe has just been through nh3",
    ("B703", "wholeperson/handbook/shelf/blocks.py"): "the same line",
    (
        "B308",
        "wholeperson/site/templatetags/stacks.py",
    ): "a table that a template has escaped; what is added is escaped here",
    ("B703", "wholeperson/site/templatetags/stacks.py"): "the same line",
    ("B703", "wholeperson/access/filled.py"): "the row is a literal of ours; each value is escaped on the line below",
    ("B105", "wholeperson/site/logs.py"): "`pass_foreign_args` is no password",
}


def test_every_finding_is_mended_or_answered() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bandit", "-q", "-r", str(PACKAGE), "-f", "json"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    found = json.loads(done.stdout)
    open_ones = [
        f"{one['filename']}:{one['line_number']} {one['test_id']} {one['issue_text']}"
        for one in found["results"]
        if not any(one["test_id"] == kind and where in one["filename"] for kind, where in ANSWERED)
    ]
    assert not open_ones, "\n".join(["Mend these; or answer them in ANSWERED and in SECURITY.md:", *open_ones])
    assert not found["errors"]
