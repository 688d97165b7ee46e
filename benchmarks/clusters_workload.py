"""Measures one cluster of processes on this machine, and prints JSON: see `clusters.py`."""

import argparse
import json
import os
import queue
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

WARM_SECONDS = 5
LONGEST_WAIT = 300
TICKS = os.sysconf("SC_CLK_TCK")


def addresses(count):
    """Addresses on this machine at which nothing listens."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("localhost", 0))
    found = [f"localhost:{each.getsockname()[1]}" for each in sockets]
    for each in sockets:
        each.close()
    return found


def processor_seconds(pid):
    """What a process has used until now, in its own code and in the kernel."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Cluster:
    """Processes that train one model together; they are gone when it is left.

    Args:
        command: The program and its arguments.
        counts: Dict from role to the number of its processes.
    """

    def __init__(self, command, counts):
        self._command = command
        self._hosts = {role: addresses(count) for role, count in counts.items()}
        self._processes, self._lines = {}, queue.Queue()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for process in self._processes.values():
            process.kill()
            process.wait()

    def start(self, role, index):
        """Starts one process; the first one that trains is the chief."""
        tf_config = {"cluster": self._hosts, "task": {"type": role, "index": index}}
        process = subprocess.Popen(
            self._command,
            env={**os.environ, "TF_CONFIG": json.dumps(tf_config)},
            stdout=subprocess.PIPE,
            text=True,
        )
        task = role, index
        self._processes[task] = process
        threading.Thread(target=self._read, args=[task, process.stdout], daemon=True).start()

    def _read(self, task, lines):
        for line in lines:
            self._lines.put((task, int(line), time.perf_counter(), self._processor_seconds()))
        self._lines.put((task, None, None, None))

    def _processor_seconds(self):
        return sum(processor_seconds(process.pid) for process in self._processes.values())

    def next_state(self, tasks):
        """The state when each of these has told another step.

        Returns:
            A tuple of the global step, the time by the clock, and the processor time of all
            processes.
        """
        while not self._lines.empty():
            self._lines.get()
        missing = set(tasks)
        while missing:
            task, *state = self._lines.get(timeout=LONGEST_WAIT)
            if state[0] is None:
                raise RuntimeError(f"{task} has ended by itself.")
            missing.discard(task)
        return state


def measured(command, counts, seconds):
    """What is to be printed."""
    tasks = [(role, index) for role, count in counts.items() for index in range(count)]
    servers = [task for task in tasks if task[0] == "ps"]
    chief, *workers = [task for task in tasks if task[0] != "ps"]
    with Cluster(command, counts) as cluster:
        for task in servers:
            cluster.start(*task)
        cluster.start(*chief)
        if servers:  # Workers that come before the variables look again after 30 s.
            cluster.next_state([chief])
        for task in workers:
            cluster.start(*task)
        cluster.next_state([chief, *workers])
        time.sleep(WARM_SECONDS)
        before = cluster.next_state([chief])
        time.sleep(seconds)
        after = cluster.next_state([chief])
    steps, clock, processor = (end - start for start, end in zip(before, after, strict=True))
    return {"steps": steps / clock, "steps_processor": steps / processor}


def main():
    """Prints the measurements as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer")
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--collective", action="store_true")
    parser.add_argument("--seconds", type=float, default=10)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        program = Path(__file__).with_name("cluster_task.py")
        command = [sys.executable, str(program), arguments.peer, "--model-dir", folder]
        counts = {"ps": 1, "chief": 1, "worker": arguments.workers}
        if arguments.collective:
            command.append("--collective")
            counts = {"worker": arguments.workers}
        print(json.dumps(measured(command, counts, arguments.seconds)))


if __name__ == "__main__":
    main()
