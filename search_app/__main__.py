"""Command ``search-app``: serves the pages."""

import os
import sys

from waitress import create_server

from search_app import create_app
from search_app.web.settings import read_settings


def main() -> int:
    """Serve until stopped; the exit code."""
    settings = read_settings(sys.argv[1:], os.environ)
    try:
        server = create_server(
            create_app(settings), host=settings.host, port=settings.port, threads=settings.threads, ident=None
        )
    except OSError as error:
        print(
            f"Cannot listen at {settings.host}, port {settings.port}: {error.strerror or error}. "
            "Choose another with --port.",
            file=sys.stderr,
        )
        return 1
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"The search is at http://{host}:{server.effective_port}/  (Ctrl+C stops it)", flush=True)
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
