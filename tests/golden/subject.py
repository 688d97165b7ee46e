"""A subject: a folder of `tests/golden/` with its cases, how one is asked, and its recordings."""

import importlib
import json
import os

from . import recording

FOLDER = os.path.dirname(os.path.abspath(__file__))


class Subject:
    """What is asked about one subject, and what the originals were recorded to answer.

    Args:
        name: That of its folder.
        cases: Dict from ids to cases, whatever `ask` takes for one.
        ask: Function of a case and an implementation (`api`) that returns the answer, as JSON has
            it.
        original: Function without arguments that returns the implementation of the TensorFlow at
            hand.
        releases: The releases of TensorFlow that it is recorded of, the first one foremost.
        form: A `Form` of recording.py.
        record_files: Function of `original()` and the subject's folder that writes there what is to
            be recorded beside the answers.
    """

    def __init__(self, name, cases, ask, original, releases, form, record_files=None):
        self.name = name
        self.cases = cases
        self.original = original
        self.releases = releases
        self._ask = ask
        self._form = form
        self._record_files = record_files

    def answer(self, case_id, api, *how):
        """The answer of an implementation to a case; `how` is handed to `ask`."""
        return json.loads(json.dumps(self._ask(self.cases[case_id], api, *how)))

    def recorded(self, release):
        """{case: answer} of a release such as "1.15"."""
        return recording.read(self._path(release), self._form, self.cases)

    def all_recorded(self):
        """{release: {case: answer}}."""
        return {release: self.recorded(release) for release in self.releases}

    def parts(self, answer):
        """{(execution, field): what is compared by itself}; both are "" where the form has none."""
        return self._form.parts(answer)

    def record(self, release, only=None):
        """Asks the TensorFlow at hand and writes its file.

        Args:
            release: That of the TensorFlow at hand.
            only: Text; cases whose ids do not have it in them stay as they are recorded.
        """
        api = self.original()
        kept = self.recorded(release) if only and os.path.exists(self._path(release)) else {}
        answers = {}
        for case_id in self.cases:
            if not only or only in case_id:
                print(f"{self.name}: {case_id}", flush=True)
                answers[case_id] = self.answer(case_id, api)
            elif case_id in kept:
                answers[case_id] = kept[case_id]
        recording.write(self._path(release), answers, self._form)
        if self._record_files and not only:
            self._record_files(api, os.path.join(FOLDER, self.name))

    def _path(self, release):
        return os.path.join(FOLDER, self.name, f"tf_{release}.json")


def subject_names():
    """The folders that are subjects."""
    paths = {name: os.path.join(FOLDER, name, "subject.py") for name in os.listdir(FOLDER)}
    return sorted(name for name, path in paths.items() if os.path.exists(path))


def find_subject(name):
    """The subject of a folder."""
    return importlib.import_module(f"tests.golden.{name}.subject").SUBJECT
