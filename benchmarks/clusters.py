"""Clusters on this machine: global steps per second by the number of workers, beside TF 2.15.

    python benchmarks/clusters.py --tf215 VENV215/bin/python --workers 1 2 4

With a parameter server, a chief and workers train asynchronously, each at its own pace, which is
what an Estimator does by TF_CONFIG; with a MultiWorkerMirroredStrategy, all workers make each step
together. Measured for some seconds after all of them have begun. See `peers.py` for the table.
"""

import sys

import peers

COLUMNS = {
    "steps": "global steps/s",
    "steps_processor": "the same, of processor time of all processes",
}
STRATEGIES = {"parameter server": [], "MultiWorkerMirroredStrategy": ["--collective"]}


def main():
    """Runs the rounds of each cluster, and prints its table."""
    parser = peers.parser(__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--strategies", nargs="+", choices=STRATEGIES, default=list(STRATEGIES))
    parser.add_argument("--seconds", default="10", help="for how long each cluster is measured")
    arguments = parser.parse_args()
    compared = {
        peers.OURS: (sys.executable, "ours", {}),
        "tf.estimator, TF 2.15": (arguments.tf215, "tf.estimator", {}),
    }
    markdown = arguments.markdown
    for strategy in arguments.strategies:
        for workers in arguments.workers:
            name = f"{strategy}, {workers} workers"
            if markdown:
                arguments.markdown = markdown.with_name(f"{markdown.stem}_{name}{markdown.suffix}")
            print(name)
            options = ["--workers", str(workers), "--seconds", arguments.seconds]
            options += STRATEGIES[strategy]
            peers.compare(compared, "clusters_workload.py", options, COLUMNS, arguments)


if __name__ == "__main__":
    main()
