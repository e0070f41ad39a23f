"""What the web server itself says goes out as our logs do. It would write whole addresses, and what people typed."""

from typing import Any

from gunicorn.glogging import Logger

from wholeperson.site.logs import formatter


class ServerLog(Logger):
    """Gunicorn's own lines as data, without anybody's data."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter())
