"""The programs that koplint is compared with: how each is installed, run and read."""

import json
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

HERE = Path(__file__).resolve().parent
PIP = ["duckdb", "polars", "fastexcel", "jsonschema-rs", "orjson", "check-jsonschema",
       "frictionless[excel]"]
NPM = ["ajv", "ajv-formats", "@sourcemeta/jsonschema"]

# Libraries around which a small program of ours is built.
CRATES = {"sonic": ("sonic-rs", "0.5"), "calamine": ("calamine", "0.38")}


def program(scratch, name):
    return scratch / name / "target" / "release" / name


@dataclass
class Peer:
    """A program. `read` makes of its output the numbers of entries that it saw and refused."""

    name: str
    what: str
    forms: tuple
    command: Callable
    read: Callable = lambda out, code: json.loads(out.splitlines()[-1])
    # What of the schema it refuses: "schema" knows keywords and dates, "" is no validator.
    refuses: str = ""
    # It stops at the first fault, or tells only whether there is one.
    whole_only: bool = False
    cwd: Path = None
    needs: list = field(default_factory=list)


def install(scratch: Path, say: Callable, cargo: bool):
    """Installs what can be had; what cannot is said when its program is looked for."""
    python = scratch / "py"
    if not (python / "bin" / "python").exists():
        run(say, [sys.executable, "-m", "venv", python])
        for package in PIP:
            run(say, [python / "bin" / "python", "-m", "pip", "install", "--quiet",
                      "--disable-pip-version-check", package])
    node = scratch / "node"
    if not (node / "node_modules").exists() and shutil.which("npm"):
        node.mkdir(parents=True, exist_ok=True)
        (node / "package.json").write_text('{"private": true}\n')
        for package in NPM:
            run(say, ["npm", "install", "--silent", "--no-audit", "--no-fund", package], cwd=node)
    if not cargo or not shutil.which("cargo"):
        return
    for name, (crate, version) in CRATES.items():
        if not program(scratch, name).exists():
            folder = scratch / name
            folder.mkdir(parents=True, exist_ok=True)
            main = json.dumps(str(HERE / "peer" / f"{name}.rs"))
            (folder / "Cargo.toml").write_text(
                f'[package]\nname = "{name}-peer"\nversion = "0.0.0"\nedition = "2024"\n\n'
                f'[[bin]]\nname = "{name}"\npath = {main}\n\n'
                f'[dependencies]\n{crate} = "{version}"\n\n[workspace]\n')
            run(say, ["cargo", "build", "--quiet", "--release"], cwd=folder)
    rust = scratch / "rust"
    for crate, binary, extra in [
        ("jsonschema-cli", "jsonschema-cli", []),
        ("qsv", "qsvlite", ["--version", "16.1.0", "--no-default-features", "--features", "lite",
                            "--bin", "qsvlite"]),
    ]:
        if not (rust / "bin" / binary).exists() and not (rust / f"{crate}.failed").exists():
            done = run(say, ["cargo", "install", "--quiet", "--locked", "--root", rust, crate, *extra])
            if not done:
                # Not tried again: it takes long.
                rust.mkdir(parents=True, exist_ok=True)
                (rust / f"{crate}.failed").touch()


def run(say, command, cwd=None):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        say(f"not installed: {' '.join(map(str, command[-3:]))}: {last}")
    return done.returncode == 0


def schemas(scratch: Path, koplint: Path):
    """The published schema for peers: without koplint's own format, for a document and an entry."""
    text = subprocess.run([koplint, "schema", "submission"], capture_output=True, text=True).stdout
    whole = json.loads(text.replace('"format": "nomor-badan-hukum"', '"$comment": "own format"'))
    entry = {"$schema": whole["$schema"], "$ref": "#/$defs/entri", "$defs": whole["$defs"]}
    fields = whole["$defs"]["entri"]["properties"]
    (scratch / "document.schema.json").write_text(json.dumps(whole))
    (scratch / "entry.schema.json").write_text(json.dumps(entry))
    required = {"nama_koperasi", "nomor_badan_hukum", "tanggal_badan_hukum", "kecamatan"}
    enums = {name: fields[name]["enum"] for name in ("bentuk_koperasi", "jenis_koperasi")}
    table = {"fields": [], "missingValues": ["", "-"]}
    row = {"type": "object", "properties": {}, "required": sorted(required)}
    for name in TABLE:
        kind = "date" if name.startswith(("rat_", "tanggal_")) else "string"
        kind = "integer" if re.search("_(total|pria|wanita|tahun|rupiah)$", name) else kind
        rules = {"required": True} if name in required else {}
        column = {"type": {"date": "string"}.get(kind, kind)}
        if kind == "date" and name not in required:
            column["type"] = ["string", "null"]
        elif kind == "date":
            column["format"] = "date"
        if name in enums:
            rules["enum"] = column["enum"] = enums[name]
        elif name not in required and kind != "date":
            column["type"] = [column["type"], "null"]
        table["fields"].append({"name": name, "type": kind, "constraints": rules})
        row["properties"][name] = column
    (scratch / "table.schema.json").write_text(json.dumps(table))
    (scratch / "row.schema.json").write_text(json.dumps(row))


TABLE = re.findall(r'"(\w+)",', (HERE / "submission" / "table.rs").read_text().split("];")[0])


def sourcemeta(out, _code):
    seen, refused = re.search(r"(\d+) validated, \d+ passed, (\d+) failed", out).groups()
    return {"entries": int(seen), "refused": int(refused)}


def frictionless(out, _code):
    task = json.loads(out)["tasks"][0]
    return {"entries": task["stats"]["rows"], "complaints": task["stats"]["errors"]}


def ends_well(_out, code):
    """For programs that only say yes or no."""
    return {"valid": code == 0}


def sourcemeta_program(node: Path):
    """The program itself where the package has it: its npm wrapper starts a node first."""
    arch = {"aarch64": "arm64", "AMD64": "x86_64"}.get(platform.machine(), platform.machine())
    name = f"jsonschema-{platform.system().lower()}-{arch}"
    native = node / "node_modules/@sourcemeta/jsonschema/build/github-releases" / name
    fits = native.exists() and (platform.system() != "Linux" or platform.libc_ver()[0] == "glibc")
    return native if fits else node / "node_modules" / ".bin" / "jsonschema"


def catalog(scratch: Path):
    """All peers; the harness leaves out those whose `needs` are not there."""
    py, node, rust = scratch / "py" / "bin", scratch / "node", scratch / "rust" / "bin"
    entry, document = scratch / "entry.schema.json", scratch / "document.schema.json"
    ours = lambda name: HERE / "peer" / name
    lines, doc = ("ndjson",), ("json", "pretty")
    duck = lambda f: [py / "python", ours("duckdb_count.py"), f]
    polars = lambda f: [py / "python", ours("polars_count.py"), f]
    rs = lambda f: [py / "python", ours("validate.py"), entry, f]
    ajv = lambda f: ["node", ours("validate.mjs"), entry, f]
    meta = sourcemeta_program(node)
    packages = lambda name: next(scratch.glob(f"py/lib/*/site-packages/{name}"), scratch / "none")
    return [
        Peer("cat", "reads", ("ndjson", "json", "pretty", "csv", "xlsx"), lambda f: ["cat", f],
             lambda _out, _code: {}),
        Peer("sonic-rs", "parses", (*lines, *doc),
             lambda f: [program(scratch, "sonic"), f], needs=[program(scratch, "sonic")]),
        Peer("calamine", "reads cells", ("xlsx",),
             lambda f: [program(scratch, "calamine"), f], needs=[program(scratch, "calamine")]),
        Peer("DuckDB", "counts roughly", (*lines, "csv", "json"), duck, needs=[packages("duckdb")]),
        Peer("Polars", "counts roughly", (*lines, "csv", "xlsx"), polars,
             needs=[packages("polars"), packages("fastexcel")]),
        Peer("jsonschema-rs + orjson", "schema", (*lines, *doc), rs, refuses="schema",
             needs=[packages("jsonschema_rs"), packages("orjson")]),
        Peer("ajv", "schema", (*lines, *doc), ajv, refuses="schema", cwd=node,
             needs=[node / "node_modules" / "ajv-formats"]),
        Peer("sourcemeta --fast", "schema", lines,
             lambda f: [meta, "validate", entry, f, "--fast", "--continue", "--format-assertion"],
             sourcemeta, refuses="schema", needs=[meta]),
        Peer("sourcemeta --fast ", "schema", doc,
             lambda f: [meta, "validate", document, f, "--fast", "--format-assertion"],
             ends_well, whole_only=True, needs=[meta]),
        Peer("jsonschema-cli", "schema", doc,
             lambda f: [rust / "jsonschema-cli", "validate", document, "-i", f,
                        "--assert-format"],
             ends_well, whole_only=True, needs=[rust / "jsonschema-cli"]),
        Peer("check-jsonschema", "schema", doc,
             lambda f: [py / "check-jsonschema", "--schemafile", document, f],
             ends_well, whole_only=True, needs=[py / "check-jsonschema"]),
        Peer("qsv validate", "schema of a row", ("csv",),
             lambda f: [rust / "qsvlite", "validate", f, scratch / "row.schema.json"],
             ends_well, whole_only=True, needs=[rust / "qsvlite"]),
        Peer("frictionless", "types of cells", ("xlsx", "csv"),
             lambda f: [py / "frictionless", "validate", f, "--json", "--trusted", "--schema",
                        scratch / "table.schema.json",
                        *(["--sheet", "Koperasi"] if str(f).endswith("xlsx") else [])],
             frictionless, needs=[py / "frictionless"]),
    ]
