"""Half of the deciding in a copy of the process: the same answers, also where the copy is lost."""

import os
import signal

import numpy as np
import pytest

from wholeperson.sweep.run.beside import Beside


def test_a_copy_answers_from_what_was_read_here() -> None:
    read = np.arange(100_000)
    assert Beside(lambda: (int(read.sum()), os.getpid())).result() != (4_999_950_000, os.getpid())
    assert Beside(lambda: int(read.sum())).result() == 4_999_950_000


def test_a_copy_that_was_killed_leaves_the_work_to_us() -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done here"

    assert Beside(work).result() == "done here"


def test_an_error_in_the_copy_is_met_here() -> None:
    def work() -> str:
        raise ValueError("what was asked cannot be answered")

    with pytest.raises(ValueError, match="cannot be answered"):
        Beside(work).result()
