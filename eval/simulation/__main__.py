"""Makes the SIMULATED placement log of the judged set, or a large one for load.

`python -m eval.simulation` rewrites `placements-simulated.csv` of the judged set, from both of its parts (or from the
folders that are named; `--out FILE` for elsewhere). `python -m eval.simulation --large --out large-simulated.csv`
writes 10,000 applications on 700 postings without any text. `--seed N` draws another one.
"""

import argparse
from pathlib import Path

from eval.simulation.files import LOG, simulate_folders, write_placements
from eval.simulation.large import large_log

SETS = Path(__file__).parent.parent / "datasets" / "nordjylland"


def main() -> None:
    """Write the log that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m eval.simulation", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[SETS / "dev", SETS / "test"])
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--out", type=Path, default=SETS / LOG, metavar="FILE")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    log = large_log(seed=asked.seed) if asked.large else simulate_folders(asked.folders, seed=asked.seed)
    write_placements(asked.out, log)


if __name__ == "__main__":
    main()
