"""Every import statement that public legacy code was seen to use, in every form of import."""

import json
from pathlib import Path

import pytest

from estimator_heads.compat.names import table as names
from estimator_heads.compat.names.kinds import Later, Outside, Served
from tests.compat.import_forms import legacy_path

HERE = Path(__file__).parent
TO_SERVE = HERE / "legacy_api" / "imports_served.txt"
OUTSIDE = HERE / "legacy_api" / "imports_outside.txt"


@pytest.mark.parametrize(
    "keras, options",
    [
        pytest.param(None, [], marks=pytest.mark.another_execution, id="keras3-a-process-a-form"),
        pytest.param("1", ["--together"], id="legacy_keras-a-process-a-path"),
    ],
)
def test_every_path_in_every_form_gives_what_the_table_says(run_python, keras, options):
    """In fresh processes; with legacy Keras, where nothing else differs, one tries all forms."""
    result = run_python(
        HERE / "import_forms.py", *options, TO_SERVE, OUTSIDE, env={"TF_USE_LEGACY_KERAS": keras}
    )

    wrong = json.loads(result.stdout.splitlines()[-1])
    assert wrong == []


@pytest.mark.parametrize("statement", TO_SERVE.read_text().splitlines())
def test_paths_to_serve_are_served_or_to_come(statement):
    found = names.find(legacy_path(statement))

    assert isinstance(found, names.Module | Served | Later)


@pytest.mark.parametrize("statement", OUTSIDE.read_text().splitlines())
def test_paths_outside_the_project_say_what_to_use(statement):
    found = names.find(legacy_path(statement))

    assert isinstance(found, Outside)
    assert found.instead
