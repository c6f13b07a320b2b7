"""What the processes of the product hold. PSS: pages that several share count for each by its part, so that sums are true."""

import psutil

from scripts.bench.ground import WEB_PROCESSES


def memory_of(product):
    """{"web_pss", "web_rss", "all_pss"} in bytes. The product forks its web processes first, then worker and clock."""
    parent = psutil.Process(product.process.pid)
    children = sorted(parent.children(), key=lambda child: (child.create_time(), child.pid))
    web = children[:WEB_PROCESSES]
    family = [parent, *parent.children(recursive=True)]
    return {
        "web_pss": sum(_pss(process) for process in web),
        "web_rss": sum(process.memory_info().rss for process in web),
        "all_pss": sum(_pss(process) for process in family),
    }


def _pss(process):
    try:
        found = process.memory_full_info()
    except psutil.NoSuchProcess:
        return 0
    return getattr(found, "pss", found.uss) + getattr(found, "swap", 0)
