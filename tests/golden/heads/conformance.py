"""The heads asked one execution at a time, and what is expected inside tf.function."""

from tests.golden.closeness import is_error
from tests.golden.conformance import Conformance


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
