"""A cluster on this machine: a chief, a worker, a parameter server and an evaluator run train.py.

python local.py MODEL_DIR
"""

import argparse
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).with_name("train.py")
ROLES = ("chief", "worker", "ps")  # The evaluator is not part of the cluster.


def free_addresses(count):
    """Addresses on this machine at which nothing listens."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("localhost", 0))
    addresses = [f"localhost:{each.getsockname()[1]}" for each in sockets]
    for each in sockets:
        each.close()
    return addresses


def start(role, cluster, model_dir):
    """Starts the process that has this role."""
    tf_config = {"cluster": cluster, "task": {"type": role, "index": 0}}
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), model_dir],
        env={**os.environ, "TF_CONFIG": json.dumps(tf_config)},
    )


def main(model_dir):
    addresses = free_addresses(len(ROLES))
    cluster = {role: [address] for role, address in zip(ROLES, addresses, strict=True)}
    processes = {role: start(role, cluster, model_dir) for role in (*ROLES, "evaluator")}
    try:
        # One that was killed has a status below zero.
        return int(any(processes[role].wait() for role in ("chief", "worker", "evaluator")))
    finally:
        for process in processes.values():  # A parameter server does not end by itself.
            process.kill()
            process.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model_dir")
    sys.exit(main(parser.parse_args().model_dir))
