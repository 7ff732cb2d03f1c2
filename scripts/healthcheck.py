"""For the container's HEALTHCHECK: ends with 0 when /healthz answers 200 on PORT (8000).

Asks under a name that ALLOWED_HOSTS holds, because the site refuses all others.
"""

import os
import sys
import urllib.request


def main() -> int:
    names = [name.strip().lstrip(".") for name in os.environ.get("ALLOWED_HOSTS", "").split(",")]
    host = next(filter(None, names), "localhost")
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz"
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Host": host}), timeout=4) as answer:
            return 0 if answer.status == 200 else 1
    except OSError as error:
        print(f"{address} as {host}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
