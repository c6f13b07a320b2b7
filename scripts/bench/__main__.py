"""`make bench`: how quick every page is, at 10,000, 100,000 and 1,000,000 tickets, on SQLite and on PostgreSQL.

    make bench                                                 everything
    make bench DATABASES=postgres SIZES="10000 100000"         a part of it
    python -m scripts.bench --databases sqlite --sizes 5000 --rounds 20

BENCH_DIR (data/bench) keeps the sets for the next run; FRESH=1 makes them anew. Figures go to docs/benchmarks/, or to --into.
docs/contributors/benchmarks.md says what they mean. Ends with 1 when a page failed; a promise that is missed is printed, and counted.
"""

import argparse
import os
import sys
import traceback
from pathlib import Path

from scripts.bench import budgets, report
from scripts.bench.explaining import explain
from scripts.bench.ground import prepared
from scripts.bench.run import Run
from scripts.bench.telling import tell


def main(arguments=None):
    asked = read(arguments)
    command = f'make bench DATABASES="{" ".join(asked.databases)}" SIZES="{" ".join(map(str, asked.sizes))}"'
    failures, missed = [], 0
    for database in asked.databases:
        for size in asked.sizes:
            try:
                with prepared(database, size, fresh=asked.fresh) as ground:
                    run = Run(
                        ground,
                        command=command,
                        rounds=asked.rounds,
                        cap=asked.cap,
                        only=asked.only,
                        seconds=asked.seconds,
                        keep=lambda result: report.keep(asked.into, result),
                    )
                    run.measure()
                    if size == max(asked.sizes):
                        explain(ground, asked.into)
            except Exception as error:  # the other sizes are measured all the same
                traceback.print_exc()
                failures.append(f"{database}-{size}: {type(error).__name__} {error}")
                continue
            failures += [f"{ground.name}: {failure}" for failure in run.failures]
            broken = budgets.missed(run.result)
            missed += broken
            tell(f"{ground.name}: done, {len(run.failures)} pages failed, {broken} promises missed")
    report.write(asked.into)
    print(f"\n{len(failures)} pages failed, {missed} promises missed. The tables are in {asked.into}.")
    print("\n".join(failures))
    return bool(failures)


def read(arguments):
    parser = argparse.ArgumentParser(
        prog="python -m scripts.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = (os.environ.get("DATABASES") or "sqlite postgres").split()
    sizes = [int(size.replace("_", "")) for size in (os.environ.get("SIZES") or "10000 100000 1000000").split()]
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgres"], default=names)
    parser.add_argument("--sizes", nargs="+", type=int, default=sizes)
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("ROUNDS") or "60"), help="how often each page is asked for")
    parser.add_argument("--cap", type=float, default=5, help="seconds after which a slow page is left, though with fewer rounds")
    parser.add_argument("--seconds", type=float, default=15, help="how long eight clients ask at once")
    parser.add_argument("--only", default="", help="a pattern of keys of pages, such as “list:.*”; meant for a folder of its own (--into)")
    parser.add_argument("--into", type=Path, default=report.FOLDER, help="where the tables go")
    parser.add_argument("--fresh", action="store_true", default=bool(os.environ.get("FRESH")), help="make the sets anew")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
