"""A subject of canned estimators: answers beside checkpoints and SavedModels."""

from tests.golden.recording import BY_FIELD
from tests.golden.subject import Subject

from . import asking, files


def estimator_subject(name, release, cases, original, seeded=True, question=None):
    """A subject of `asking.Case`s.

    Args:
        name: That of its folder.
        release: That of the TensorFlow that it is recorded of.
        cases: Dict from ids to cases.
        original: As for `Subject`; what it returns has the attribute `is_original`.
        seeded: As for `asking.ask`.
        question: What to ask instead of `asking.ask`: a function of a case, an implementation and
            the folder of the checkpoint.
    """

    def ask(named_case, api):
        """Records the files of a case first, if the implementation is the original."""
        case_id, case = named_case
        if hasattr(api, "is_original"):
            files.record(name, release, case_id, case, api)
        checkpoints = files.checkpoint_folder(name, release, case_id)
        if question:
            return question(case, api, checkpoints)
        return asking.ask(case, api, checkpoints, seeded)

    return Subject(
        name=name,
        cases={case_id: (case_id, case) for case_id, case in cases.items()},
        ask=ask,
        original=original,
        releases=(release,),
        form=BY_FIELD,
    )
