"""Which TensorFlow a project declares."""

import pytest

from estimator_heads.runner.declared import declarations
from estimator_heads.runner.evidence import Kind

TF1, TF2 = Kind.TF1_DECLARED, Kind.TF2_DECLARED


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("requirements.txt", "numpy\ntensorflow==1.15.0\n", TF1),
        ("requirements.txt", "tensorflow-gpu >=1.4, <2.0  # not 2\n", TF1),
        ("requirements.txt", "tensorflow~=1.14", TF1),
        ("requirements.txt", "tensorflow==1.*", TF1),
        ("requirements.txt", "tensorflow<2;python_version<'3.8'", TF1),
        ("requirements.txt", "tensorflow[and-cuda]>=2.4", TF2),
        ("requirements.txt", "tensorflow_cpu==2.16.1", TF2),
        ("requirements.txt", "tensorflow>1.15", TF2),
        ("requirements.txt", "tensorflow>=1.15", None),
        ("requirements.txt", "tensorflow!=2.0", None),
        ("requirements.txt", "tensorflow", None),
        ("requirements.txt", "# tensorflow==1.15", None),
        ("requirements.txt", "tensorflow-datasets==1.2\ntensorflow_hub>=2.0", None),
        ("requirements.txt", "my-tensorflow==1.2", None),
        ("requirements.txt", "tensorflow>=2.16\nestimator-heads", None),
        ("requirements-gpu.txt", "tensorflow-gpu==1.15", TF1),
        ("requirements/base.txt", "tensorflow==1.15", TF1),
        ("setup.py", "setup(install_requires=['tensorflow>=1.4,<2', 'numpy>=2.0'])", TF1),
        ("setup.py", 'setup(install_requires=["numpy", "tensorflow (>=2.0)"])', TF2),
        ("setup.cfg", "[options]\ninstall_requires =\n    tensorflow>=2.3\n", TF2),
        ("pyproject.toml", "dependencies = ['numpy>=1', 'tensorflow>=2.3']", TF2),
        ("pyproject.toml", "[tool.poetry.dependencies]\ntensorflow = '^1.15'", TF1),
        ("pyproject.toml", "tensorflow = {version = '^2.4', optional = true}", TF2),
        ("Pipfile", "[packages]\ntensorflow = '==1.15'\n", TF1),
        ("environment.yml", "dependencies:\n  - tensorflow=1.15\n", TF1),
        ("environment.yaml", "dependencies:\n  - pip:\n    - tensorflow==2.4\n", TF2),
    ],
)
def test_declared(tmp_path, file, text, expected):
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    found = declarations(tmp_path)
    assert {item.kind for item in found} == ({expected} if expected else set())


def test_the_nearest_project_counts(tmp_path):
    inner = tmp_path / "project" / "src" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / "requirements.txt").write_text("tensorflow==2.4")
    (found,) = declarations(inner)
    assert str(found).startswith("tensorflow==2.4 at ")
    (tmp_path / "project" / "setup.py").write_text("# nothing of it\ninstall='tensorflow==1.15'")
    (found,) = declarations(inner)
    assert (found.kind, found.name, found.line) == (TF1, "tensorflow==1.15", 2)
    (tmp_path / "project" / "src" / ".git").mkdir()
    assert declarations(inner) == []
