#!/usr/bin/env python3
"""Measures koplint and its peers on the same generated files, in turn, and prints one table.

    python3 benches/compare.py                        # 50, 1000 and 100 000 entries
    python3 benches/compare.py 100000 1000000 --bad 0 0.01 0.2
    python3 benches/compare.py 50 --no-peers --runs 1 --profile dev

benches/README.md says what is compared and what is not."""

import argparse
import json
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import peers as peer_catalog  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
TODAY = ["--isolated", "--today", "2026-11-23"]


def say(text):
    print(text, file=sys.stderr, flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[50, 1000, 100_000], metavar="ENTRIES")
    parser.add_argument("--forms", nargs="+", default=["ndjson", "json", "pretty", "csv", "xlsx"])
    parser.add_argument("--bad", nargs="+", type=float, default=[0.0, 0.2],
                        help="shares of entries with a fault, of all kinds")
    parser.add_argument("--xlsx-most", type=int, default=50_000, help="no larger workbooks")
    parser.add_argument("--pretty-most", type=int, default=100_000, help="no larger laid-out documents")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", nargs="+", type=int, default=[1, os.cpu_count() or 1])
    parser.add_argument("--limit", type=float, default=120, help="seconds that a peer may take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", default="release", choices=["release", "dev"])
    parser.add_argument("--scratch", type=Path, default=ROOT / "target" / "compare",
                        help="peers and data go here")
    parser.add_argument("--koplint", type=Path, help="measure this program, build none")
    parser.add_argument("--generator", type=Path, help="use this generator, build none")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--no-cargo", action="store_true", help="no peers that cargo must build")
    parser.add_argument("--only", nargs="+", help="these peers, by the beginning of their names")
    return parser.parse_args()


def build(args):
    """The generator first: building it also makes a koplint with other features."""
    generator, koplint = args.generator, args.koplint
    if not generator:
        profile = "bench" if args.profile == "release" else "dev"
        command = ["cargo", "build", "--locked", "--bench", "generate", "--profile", profile,
                   "--message-format", "json-render-diagnostics"]
        out = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
        made = (json.loads(line) for line in out.splitlines())
        generator = next(Path(one["executable"]) for one in made
                         if one.get("target", {}).get("name") == "generate" and one.get("executable"))
    if not koplint:
        command = ["cargo", "build", "--locked", "--bin", "koplint", "--profile", args.profile]
        subprocess.run(command, cwd=ROOT, check=True)
        folder = "debug" if args.profile == "dev" else args.profile
        koplint = ROOT / "target" / folder / "koplint"
    # Copies, so that nothing that is built meanwhile changes what is measured.
    args.scratch.mkdir(parents=True, exist_ok=True)
    for name, program in (("generate", generator), ("koplint", koplint)):
        shutil.copy2(program, args.scratch / name)
    return args.scratch / "generate", args.scratch / "koplint"


@dataclass
class Case:
    """One file and what is true of it."""

    form: str
    entries: int
    bad: float
    path: Path = None
    truth: dict = None

    def title(self):
        form = {"json": "document", "pretty": "document, laid out"}.get(self.form, self.form)
        share = f", {self.bad:.0%} bad" if self.bad else ""
        return f"{form}, {self.entries:,} entries{share}, {self.path.stat().st_size / 1e6:,.1f} MB"


def make(case, generator, args):
    suffix = "json" if case.form == "pretty" else case.form
    folder = args.scratch / "data" / f"{case.form}-{case.entries}-{case.bad}"
    folder.mkdir(parents=True, exist_ok=True)
    case.path = folder / f"data.{suffix}"
    command = [generator, "--form", case.form, "--entries", case.entries, "--bad", case.bad,
               "--seed", args.seed, case.path]
    out = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True)
    case.truth = json.loads(out.stdout)
    if case.form == "ndjson":
        # Some programs know NDJSON by this name only, and a header is no entry of theirs.
        real = folder / "data.jsonl"
        real.unlink(missing_ok=True)
        os.link(case.path, real)


@dataclass
class Result:
    name: str
    what: str
    seconds: list = field(default_factory=list)
    cpu: list = field(default_factory=list)
    memory: list = field(default_factory=list)
    note: str = ""
    sound: bool = True


def measure(command, limit, cwd=None):
    """Seconds, CPU seconds, peak bytes, output, exit code; None beyond the limit."""
    with tempfile.TemporaryFile() as out, tempfile.NamedTemporaryFile("r") as facts:
        # The child of this large process would inherit its peak; `time` is small.
        timer = ["/usr/bin/time", "-o", facts.name, "-f", "%M %U %S"]
        whole = timer if Path(timer[0]).exists() else []
        begun = time.perf_counter()
        child = subprocess.Popen([*whole, *map(str, command)], stdout=out, stderr=subprocess.STDOUT,
                                 cwd=cwd, start_new_session=True)
        # Not `wait(limit)`: with a limit it looks every 50 ms only.
        killed = []
        end = threading.Timer(limit, lambda: (killed.append(True), os.killpg(child.pid, signal.SIGKILL)))
        end.start()
        code = child.wait()
        seconds = time.perf_counter() - begun
        end.cancel()
        if killed:
            return None
        told = facts.read().splitlines()
        peak, user, system = map(float, told[-1].split()) if told else (0, 0, 0)
        out.seek(0)
        return seconds, user + system, peak * 1024, out.read().decode(errors="replace"), code


def verify(koplint, case):
    """koplint's books and findings against the generated truth: nothing is measured if they differ."""
    command = [koplint, "check", *TODAY, "--output-format", "json", case.path]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    submission = json.loads(done.stdout)["submissions"][0]
    books, truth = submission["books"], case.truth
    expected = {name: truth[name] for name in books if name != "read"} | {"read": truth["entries"]}
    codes = {}
    for group in submission["groups"]:
        codes[group["code"]] = codes.get(group["code"], 0) + group["count"]
    codes = {code: count for code, count in codes.items() if code not in ("F016", "F017")}
    if books != expected or codes != truth["codes"]:
        raise SystemExit(f"{case.title()}: koplint does not find what was put in:\n"
                         f"  {books} {codes}\n  {expected} {truth['codes']}")


def koplint_runs(koplint, case, args):
    def reads(out, code):
        right = int(out.split()[0]) == case.truth["verified"] and code in (0, 1)
        return {"entries": case.truth["entries"] if right else -1}

    threads = [count for count in dict.fromkeys(args.threads)]
    for count in threads:
        flags = [*TODAY, "--quiet", "--threads", count]
        plural = "s" if count > 1 else ""
        yield peer_catalog.Peer(f"**koplint**, {count} thread{plural}", "everything", (),
                                lambda f, flags=flags: [koplint, "check", *flags, f], reads)
    if case.bad:
        flags = [*TODAY, "--output-format", "json", "--threads", threads[-1]]
        yield peer_catalog.Peer("**koplint**, JSON report", "everything, all findings told", (),
                                lambda f: [koplint, "check", *flags, f],
                                lambda out, _code: {"entries": json.loads(out)["submissions"][0]["books"]["read"]})


def judge(peer, case, told):
    """Whether a peer did the same work, and what else it said."""
    truth = case.truth
    if "valid" in told:
        return told["valid"] == (not case.bad), "says yes or no only"
    note = []
    sound = told.get("entries", truth["entries"]) == truth["entries"]
    if not sound:
        note.append(f"saw {told['entries']:,} of {truth['entries']:,}")
    if peer.refuses:
        expected = truth["refused"] + truth["refused_dates"]
        if told["refused"] != expected:
            sound = False
            note.append(f"refused {told['refused']:,} of {expected:,}")
    if "count" in told and told["count"] != truth["verified"]:
        note.append(f"counts {told['count']:,}; true: {truth['verified']:,}")
    if told.get("complaints"):
        note.append(f"{told['complaints']:,} complaints")
    return sound, "; ".join(note)


def compare(case, programs, args):
    results = {peer.name: Result(peer.name.strip(), peer.what) for peer in programs}
    live = list(programs)
    for turn in range(args.runs):
        for peer in list(live):
            result = results[peer.name]
            path = case.path.with_suffix(".jsonl") if "sourcemeta" in peer.name and case.form == "ndjson" else case.path
            found = measure(peer.command(path), args.limit, peer.cwd)
            if found is None:
                result.note = f"longer than {args.limit:.0f} s"
                live.remove(peer)
                continue
            seconds, cpu, peak, out, code = found
            if turn == 0:
                try:
                    result.sound, result.note = judge(peer, case, peer.read(out, code))
                except (ValueError, KeyError, AttributeError, IndexError, TypeError):
                    last = (out.strip().splitlines() or [f"exit code {code}"])[-1]
                    result.sound, result.note = False, f"fails: {last[:80]}"
                if not result.sound:
                    live.remove(peer)
            if result.sound:
                result.seconds.append(seconds)
                result.cpu.append(cpu)
                result.memory.append(peak)
            if seconds > args.limit / 6 and peer in live and "koplint" not in peer.name:
                live.remove(peer)
    return list(results.values())


def rows(case, results):
    base = next((r for r in reversed(results) if "thread" in r.name and r.seconds), None)
    yield f"| **{case.title()}** | | | | | | | |"
    for result in results:
        if not result.seconds:
            yield f"| {result.name} | {result.what} | – | | | | | {result.note} |"
            continue
        middle = statistics.median(result.seconds)
        ratio = middle / statistics.median(base.seconds) if base else 0
        spread = f"{min(result.seconds):.3f}–{max(result.seconds):.3f}"
        runs = f" ({len(result.seconds)} run)" if len(result.seconds) == 1 else ""
        yield (f"| {result.name} | {result.what} | {middle:.3f}{runs} | {spread} | {ratio:.2f} "
               f"| {case.path.stat().st_size / 1e6 / middle:,.0f} "
               f"| {max(result.memory) / 1e6:,.0f} | {result.note} |")


def machine(args):
    model = platform.processor() or platform.machine()
    try:
        info = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.split(": ")[1] for line in info if line.startswith("model name"))
    except (OSError, StopIteration, IndexError):
        pass
    try:
        load = f", load {os.getloadavg()[0]:.1f} at the end"
    except OSError:
        load = ""
    print(f"\n{platform.system()} {platform.release()}, {model}, {os.cpu_count()} CPUs{load}; "
          f"{args.profile} build; median of {args.runs}, programs in turn.")


def main():
    args = arguments()
    args.scratch = args.scratch.resolve()
    generator, koplint = build(args)
    available, missing = [], []
    if not args.no_peers:
        peer_catalog.install(args.scratch, say, not args.no_cargo)
        peer_catalog.schemas(args.scratch, koplint)
        for peer in peer_catalog.catalog(args.scratch):
            wanted = not args.only or any(peer.name.lower().startswith(o.lower()) for o in args.only)
            there = all(Path(need).exists() for need in peer.needs)
            if wanted:
                (available if there else missing).append(peer)
    print("| program | work | median s | from–to | × koplint | MB/s | peak MB | |")
    print("|---|---|--:|--:|--:|--:|--:|---|", flush=True)
    for entries in args.sizes:
        for form in args.forms:
            most = {"xlsx": args.xlsx_most, "pretty": args.pretty_most}.get(form, entries)
            for bad in args.bad:
                case = Case(form, min(entries, most), bad)
                make(case, generator, args)
                verify(koplint, case)
                fit = [peer for peer in available if form in peer.forms]
                fit = [peer for peer in fit if not (bad and peer.whole_only)]
                results = compare(case, [*koplint_runs(koplint, case, args), *fit], args)
                print("\n".join(rows(case, results)), flush=True)
                shutil.rmtree(case.path.parent)
    machine(args)
    if missing:
        names = ", ".join(dict.fromkeys(peer.name.strip() for peer in missing))
        print(f"Not available here: {names}.")
    if args.no_peers:
        print("Peers were not asked for.")


if __name__ == "__main__":
    main()
