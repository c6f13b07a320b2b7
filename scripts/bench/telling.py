"""Progress, with the minutes since the start: these runs are long and nobody sits beside them."""

import time

_begun = time.monotonic()


def tell(words):
    minutes, seconds = divmod(int(time.monotonic() - _begun), 60)
    print(f"[{minutes:3}:{seconds:02}] {words}", flush=True)
