"""Downloads of data sets."""

from __future__ import annotations

import functools
import random
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from os import path
from typing import Any, TypeVar

import tensorflow as tf

from estimator_heads.types import Path

_CONNECTION_TIMED_OUT = 110

_Function = TypeVar("_Function", bound=Callable[..., Any])


class DownloadError(urllib.error.URLError):
    """A file that cannot be downloaded; says where to put it instead."""

    def __str__(self):
        return self.reason


def retry(
    initial_delay: float,
    max_delay: float,
    factor: float = 2.0,
    jitter: float = 0.25,
    is_retriable: Callable[[Exception], bool] | None = None,
) -> Callable[[_Function], _Function]:
    """A decorator of functions that are called again when they fail.

    Args:
        initial_delay: Seconds to wait after the first failure.
        max_delay: How long to wait at most; a longer wait is the end.
        factor: By what the wait grows each time.
        jitter: By which part the wait varies at random, to both sides.
        is_retriable: Function of an exception, whether to call again. None: always, without a wait.

    Returns:
        The decorator.

    Raises:
        ValueError: If waits would shrink, or vary by more than themselves.
    """
    if factor < 1:
        raise ValueError(
            f"Invalid value for argument `factor`. Expected at least 1. Received: {factor!r}."
        )
    if jitter >= 1:
        raise ValueError(
            f"Invalid value for argument `jitter`. Expected less than 1. Received: {jitter!r}."
        )

    def decorator(function):
        @functools.wraps(function)
        def retrying(*args, **kwargs):
            delay = initial_delay
            while delay <= max_delay:
                try:
                    return function(*args, **kwargs)
                except Exception as error:
                    if is_retriable is not None:
                        if not is_retriable(error):
                            raise
                        time.sleep(delay * random.uniform(1 - jitter, 1 + jitter))
                delay *= factor
            return function(*args, **kwargs)

        return retrying

    return decorator


def _timed_out(error):
    return isinstance(error, OSError) and error.errno == _CONNECTION_TIMED_OUT


@retry(initial_delay=1.0, max_delay=16.0, is_retriable=_timed_out)
def urlretrieve_with_retry(url: str, filename: Path | None = None) -> tuple[str, Any]:
    """`urllib.request.urlretrieve`, again when the connection has timed out.

    Args:
        url: Of the file.
        filename: Where to put it; None: in a temporary file.

    Returns:
        Tuple of the path and the headers of the answer.
    """
    return urllib.request.urlretrieve(url, filename)


def maybe_download(filename: str, work_directory: Path, source_url: str) -> str:
    """Downloads a file unless it is there.

    Args:
        filename: Its name.
        work_directory: The folder where it is, or is to be.
        source_url: Its URL.

    Returns:
        Its path.

    Raises:
        DownloadError: If it cannot be downloaded.
    """
    tf.io.gfile.makedirs(work_directory)
    target = path.join(work_directory, filename)
    if not tf.io.gfile.exists(target):
        try:
            downloaded, _ = urlretrieve_with_retry(source_url)
        except OSError as error:
            raise DownloadError(
                f"{source_url} cannot be downloaded ({error}). Put the file at {target} yourself, "
                "and it is taken from there."
            ) from error
        with open(downloaded, "rb") as source, tf.io.gfile.GFile(target, "wb") as copy:
            shutil.copyfileobj(source, copy)
        size = tf.io.gfile.stat(target).length
        print("Successfully downloaded", filename, size, "bytes.")
    return target
