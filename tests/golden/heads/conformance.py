"""The heads asked one execution at a time, and what is expected inside tf.function."""

import zlib

from tests.golden.closeness import is_error
from tests.golden.conformance import Conformance


def is_quick(case, execution):
    """Whether a quick run asks the case in this execution.

    It asks two thirds of the cases in eager mode, half of these in tf.function too, and the others
    in a graph. The ids decide which, so that it is the same in every process and on every day.
    """
    number = zlib.crc32(case.id.encode()) % 3
    if execution == "function":
        return number == 0
    if len({"eager", "graph"} & set(case.options["executions"])) == 1:
        return True
    return execution == ("graph" if number == 2 else "eager")


class HeadConformance(Conformance):
    def ways(self, case_id, entry):
        executions = self.subject.cases[case_id].options["executions"]
        return [
            ((execution,),)
            for execution in executions
            if entry.executions is None or execution in entry.executions
        ]

    def expected(self, release, case_id, executions):
        """The oracle's; where it fails only for being in tf.function, those of its eager mode."""
        recorded = self.recorded[release][case_id]
        expected = {}
        for execution in executions:
            for field, answer in recorded.get(execution, {}).items():
                if execution == "function" and is_error(answer):
                    elsewhere = [
                        recorded[w].get(field) for w in ("eager", "graph") if w in recorded
                    ]
                    answer = answer if any(map(is_error, elsewhere)) else elsewhere[0]
                expected[execution, field] = answer
        return expected
