"""Files on their way in: one that is larger than we keep is read past, and lies nowhere."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from wholeperson.record.documents import MOST_BYTES

MARK = "wholeperson.too_large"
ROOM_FOR_THE_FORM = 64 * 1024


class Measured(FileUploadHandler):
    """Stands before Django's own handlers, and stops what is too large by what the browser says and by counting."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *_: Any) -> None:
        self.said = content_length

    def new_file(self, *arguments: Any, **named: Any) -> None:
        super().new_file(*arguments, **named)
        self.come = 0
        if self.said > MOST_BYTES + ROOM_FOR_THE_FORM:
            self._stop()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.come += len(raw_data)
        if self.come > MOST_BYTES:
            self._stop()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _stop(self) -> None:
        if self.request is not None:
            self.request.META[MARK] = True
        raise SkipFile


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was read past."""
    return bool(request.META.get(MARK))
