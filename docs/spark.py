#!/usr/bin/env python3
"""koplint on a cluster: an NDJSON file by byte ranges, one run of koplint a range.

    python3 docs/spark.py REGISTER.ndjson --parts 8 > outcome.json

Needs PySpark, koplint on every worker, and the file under the same path everywhere; the header
stands beside it as REGISTER.kepala.json. Prints counts, findings and exact lines as one run gives
them, but for what compares entries by another thing than their number (D002, D003) and what looks
at the whole submission (H, J001, J002): see docs/spark.md.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile

from pyspark.sql import SparkSession

VERDICTS = {"terpenuhi": "verified", "tidak_terpenuhi": "not_met", "tidak_terbukti": "unproven"}
# Of one entity these stand at its first entry alone, as do the reasons of its criteria.
FIRST_ONLY = {"J003"}
NOT_OF_A_RANGE = {"D002", "D003"}


def ranges(path, parts):
    """About `parts` ranges of bytes that end behind a line break."""
    size = os.path.getsize(path)
    cuts = [0]
    with open(path, "rb") as file:
        for part in range(1, parts):
            file.seek(max(cuts[-1], size * part // parts))
            file.readline()
            cuts.append(min(file.tell(), size))
    cuts.append(size)
    return [(start, end) for start, end in zip(cuts, cuts[1:]) if start < end]


def read(path, start, end):
    with open(path, "rb") as file:
        file.seek(start)
        return file.read(end - start)


def lines_and_entries(path, start, end):
    lines = read(path, start, end).split(b"\n")
    return len(lines) - 1, sum(1 for line in lines if line.strip(b" \t\r"))


def check(path, header, koplint, today, part):
    """Runs koplint on one range. Lines and entries are numbered as in the whole file."""
    number, (start, end), (line, entry) = part
    with tempfile.TemporaryDirectory() as folder:
        own = pathlib.Path(folder, f"range-{number:06}.ndjson")
        own.write_bytes(read(path, start, end))
        own.with_suffix(".kepala.json").write_bytes(header)
        command = [koplint, "check", "--isolated", "--keys", "--threads", "1"]
        command += ["--today", today, "--output-format", "json", own.name]
        done = subprocess.run(command, cwd=folder, capture_output=True)
        if done.returncode not in (0, 1, 3) or not done.stdout:
            raise RuntimeError(done.stderr.decode())
    report = json.loads(done.stdout)
    if report["failures"]:
        raise RuntimeError(report["failures"])
    [own] = report["submissions"]
    kinds = own["keys"]["kinds"]
    entities = []
    for one in own["keys"]["entries"]:
        at, kind, row, column, _, digest = one.split(" ")
        facts = kinds[int(kind)]
        worst = max(facts["criteria"], key=list(VERDICTS).index)
        if "tidak_terpenuhi" in facts["criteria"]:
            worst = "tidak_terpenuhi"
        place = (int(at) + entry, int(row) + line, int(column))
        entities.append((digest, (place, VERDICTS[worst], facts["reasons"])))
    findings = [
        (one["code"], one["level"], one["entry"] + entry, one["place"]["line"] + line, one["place"]["column"])
        for one in own["findings"]
        if one["entry"] is not None and one["code"] not in NOT_OF_A_RANGE
    ]
    return own["books"], entities, findings


def again(listed):
    """Of an entity in several ranges the first entry stands; the others are duplicates."""
    return sorted(listed)[1:]


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("file")
    args.add_argument("--parts", type=int, default=8)
    args.add_argument("--koplint", default="koplint")
    args.add_argument("--today", required=True)
    args = args.parse_args()
    path = os.path.abspath(args.file)
    header = pathlib.Path(path).with_suffix(".kepala.json").read_bytes()

    spark = SparkSession.builder.appName("koplint").getOrCreate()
    context = spark.sparkContext
    parts = ranges(path, args.parts)
    spread = context.parallelize(list(enumerate(parts)), len(parts))
    sizes = dict(spread.map(lambda one: (one[0], lines_and_entries(path, *one[1]))).collect())
    before, offsets = (0, 0), []
    for number in range(len(parts)):
        offsets.append(before)
        before = tuple(a + b for a, b in zip(before, sizes[number]))
    work = [(number, part, offsets[number]) for number, part in enumerate(parts)]

    koplint, today = args.koplint, args.today
    outcome = context.parallelize(work, len(work))
    outcome = outcome.map(lambda part: check(path, header, koplint, today, part)).cache()
    books = outcome.map(lambda one: one[0]).reduce(
        lambda a, b: {name: a[name] + b[name] for name in a}
    )
    # The keyed shuffle: all entries of one legal entity come together.
    twice = outcome.flatMap(lambda one: one[1]).groupByKey().flatMap(lambda one: again(one[1]))
    twice = twice.collect()
    findings = outcome.flatMap(lambda one: one[2]).collect()
    spark.stop()

    dropped = {}
    for place, verdict, reasons in twice:
        books[verdict] -= 1
        books["duplicate"] += 1
        dropped[place[0]] = {reason for reason in reasons if reason} | FIRST_ONLY
        findings.append(("D001", "error", *place))
    kept = [one for one in findings if one[0] not in dropped.get(one[2], ())]
    print(json.dumps({"books": books, "findings": sorted(kept)}))


if __name__ == "__main__":
    main()
