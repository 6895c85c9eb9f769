"""``make bench-drift``: false alerts of unchanged workbooks, and how soon changes are seen.

``--share`` runs that share of the usual workbooks; ``--seed`` others of the same laws; ``--only`` one measure or two;
``--sizes`` workbooks of so many series;
``--peers PYTHON``: the Python of an environment with ``requirements.txt``, whose tools look at the same workbooks.
"""

from __future__ import annotations

import argparse
from functools import partial

from tests.benchmarks.drift.measures import SIZES, delays, false_alerts
from tests.benchmarks.drift.real import replayed
from tests.benchmarks.drift.side_by_side import side_by_side
from tests.benchmarks.drift.unlike import unlike

MEASURES = {"false": false_alerts, "real": replayed, "delays": delays, "unlike": unlike}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=list(MEASURES), default=list(MEASURES))
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", default=None)
    parser.add_argument("--sizes", nargs="*", type=int, choices=list(SIZES), default=list(SIZES), help="of workbooks")
    parser.add_argument("--peers", default="", help="the Python of the peers' environment")
    options = parser.parse_args()
    measures = MEASURES | {"false": partial(false_alerts, sizes=options.sizes)}
    for name in options.only:
        for line in measures[name](options.share, options.seed, options.model):
            print(line, flush=True)
    if options.peers:
        for line in side_by_side(options.share, options.seed, options.model, options.peers):
            print(line, flush=True)


if __name__ == "__main__":
    main()
