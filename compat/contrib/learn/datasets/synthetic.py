"""Points in the plane, on circles or spirals that belong to different classes.

Reproduces `tensorflow.contrib.learn.python.learn.datasets.synthetic` of TF 1.15, number by number.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from estimator_heads.compat.contrib.learn.datasets.csv_files import Dataset


def circles(
    n_samples: int = 100,
    noise: float | None = None,
    seed: int | None = None,
    factor: float = 0.8,
    n_classes: int = 2,
    *args: Any,
    **kwargs: Any,
) -> Dataset:
    """Points on circles around the origin, each a class.

    Args:
        n_samples: Number of points. What cannot be divided among the classes is of class 0.
        noise: Standard deviation of what is added to the points; None for none.
        seed: Seed of NumPy's global random numbers; None leaves them as they are.
        factor: Ratio of the radius of a circle to that of the one around it, which is 1 at first.
        n_classes: Number of circles.
        *args: Ignored.
        **kwargs: Ignored.

    Returns:
        A `Dataset` of [n_samples, 2] and [n_samples], in random order.
    """
    if seed is not None:
        np.random.seed(seed)
    angles = np.linspace(0, 2 * np.pi, n_samples // n_classes)
    circle = np.stack([np.cos(angles), np.sin(angles)])
    points = []
    for _ in range(n_classes):
        points.append(circle)
        circle = circle * factor
    rest = n_samples % n_classes
    points.append(
        np.stack(
            [np.cos(2 * np.pi * np.random.rand(rest)), np.sin(2 * np.pi * np.random.rand(rest))]
        )
    )
    return _shuffled(points, n_classes, noise)


def spirals(
    n_samples: int = 100,
    noise: float | None = None,
    seed: int | None = None,
    mode: str = "archimedes",
    n_loops: int = 2,
    *args: Any,
    **kwargs: Any,
) -> Dataset:
    """Points on two spirals, each a class, that turn around each other.

    Args:
        n_samples: Number of points.
        noise: Standard deviation of what is added to the points; None for none.
        seed: Seed of NumPy's global random numbers; None leaves them as they are.
        mode: "archimedes", "bernoulli" or "fermat".
        n_loops: How often a spiral goes around.
        *args: Ignored.
        **kwargs: `exp_scale`, by what the radius of "bernoulli" grows; 0.1 if it is not given.

    Returns:
        A `Dataset` of [n_samples, 2] and [n_samples], in random order.

    Raises:
        ValueError: If there is no such `mode`.
    """
    if mode not in _RADII:
        raise ValueError(
            f"Invalid value for argument `mode`. Expected one of {sorted(_RADII)}. Received: "
            f"mode={mode!r}."
        )
    if seed is not None:
        np.random.seed(seed)

    def spiral(angles, offset=0.0):
        radius = _RADII[mode](angles, **kwargs)
        points = np.stack([radius * np.cos(angles + offset), radius * np.sin(angles + offset)])
        return points / np.abs(points).max(axis=1, keepdims=True)

    angles = np.linspace(0, 2 * n_loops * np.pi, n_samples // 2)
    points = [spiral(angles, label * np.pi) for label in range(2)]
    if rest := n_samples % 2:
        points.append(spiral(2 * np.pi * np.random.rand(rest)))
    return _shuffled(points, 2, noise)


_RADII = {
    "archimedes": lambda angles, **_: angles,
    "bernoulli": lambda angles, exp_scale=0.1, **_: np.exp(exp_scale * angles),
    "fermat": lambda angles, **_: np.sqrt(angles),
}


def _shuffled(points, n_classes, noise):
    """A `Dataset` of the points [2, rows] of each class, and of some more of class 0."""
    classes = [*range(n_classes), 0][: len(points)]
    labels = np.repeat(np.array(classes, np.int32), [part.shape[1] for part in points])
    data = np.concatenate(points, axis=1).T
    order = np.random.permutation(len(data))
    if noise is not None:
        data = data + np.random.normal(scale=noise, size=data.shape)
    return Dataset(data[order], labels[order])
