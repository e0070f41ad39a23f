"""Work done beside, by a copy of this process, where the machine can: nobody waits for one processor with two."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

Made = TypeVar("Made")
PATIENCE = 120.0  # seconds to wait for a copy when there is nothing left to do here, before it is given up


def can_help() -> bool:
    """Whether a copy of this process costs nothing to make and has a processor of its own."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class Beside(Generic[Made]):
    """Work that a copy of this process has begun; the copy reads what this process has read, and writes nothing."""

    def __init__(self, work: Callable[[], Made], patience: float = PATIENCE) -> None:
        self.work, self.patience = work, patience
        context = multiprocessing.get_context("fork")  # a fresh process would have to read everything again
        self.answer, told = context.Pipe(duplex=False)
        self.copy = context.Process(target=_tell, args=(work, told), daemon=True)
        self.copy.start()
        told.close()

    def result(self) -> Made:
        """What came out; where the copy was lost the work is done here."""
        try:
            if not self.answer.poll(self.patience):
                raise EOFError
            found: Made = self.answer.recv()
        except (EOFError, OSError):
            found = self.work()
        finally:
            self.copy.kill()
            self.copy.join()
            self.answer.close()
        return found


def _tell(work: Callable[[], Made], told: Connection) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # it ends without a word: the first process says what there is to say
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    told.send(work())
    told.close()
    os._exit(0)  # what this process would close on leaving is not the copy's
