"""What a page weighs on the wire, with every file a browser would fetch for it: cold with an empty cache, warm with a full one."""

import re
from html import unescape
from urllib.parse import urljoin

from scripts.bench.browser import Browser

KEPT_SECONDS = 24 * 3600  # what may be kept so long is not asked for again by whoever returns


def weigh(browser, address):
    """{"cold", "warm": bytes with the heads of the answers, "files": how many, "page": the page's own bytes}"""
    cold = Browser(browser.host, browser.port, cookies=browser.cookies)
    page = cold.follow(cold.get(address), address)
    files, waiting = {}, list(_of_page(page.text, address))
    letters = set(re.sub(r"<[^>]*>", "", unescape(page.text)))
    while waiting:
        found = waiting.pop()
        if found in files or not found.startswith("/"):
            continue
        answer = files[found] = cold.get(found, Accept="*/*")
        kind = answer.headers.get("content-type", "")
        if "css" in kind or "javascript" in kind:
            waiting += _of_file(_plain(answer), kind, found, letters)
    again = sum(_asked_again(cold, found, answer) for found, answer in files.items())
    page_again = cold.get(address)
    cold.close()
    size = page.wire_bytes + sum(answer.wire_bytes for answer in files.values())
    return {"cold": size, "warm": page_again.wire_bytes + again, "files": len(files), "page": page.wire_bytes}


def _of_page(text, address):
    """Style sheets, scripts, pictures, preloads; and the sprite an icon points into. Links to other pages are no files."""
    for tag in re.findall(r"<(?:link|script|img|use|source)\b[^>]*>", text):
        rel = re.search(r'\brel="([^"]*)"', tag)
        if tag.startswith("<link") and rel and not {"stylesheet", "icon", "preload", "modulepreload", "manifest"} & set(rel[1].split()):
            continue
        for place in re.findall(r'\b(?:href|src)="([^"]+)"', tag):
            if not place.startswith(("#", "data:")):
                yield urljoin(address, unescape(place)).partition("#")[0]


def _of_file(text, kind, address, letters):
    if "javascript" in kind:
        return [urljoin(address, place) for place in re.findall(r"""(?:^|[;\s])(?:import|from)\s*["'](\.[^"']+)["']""", text)]
    fonts = re.findall(r"@font-face\s*{[^}]*}", text)
    parts = [re.sub(r"@font-face\s*{[^}]*}", "", text), *(font for font in fonts if _is_needed(font, letters))]
    places = [place for part in parts for place in re.findall(r"""url\(["']?([^"')]+)["']?\)""", part)]
    return [urljoin(address, place).partition("#")[0] for place in places if ":" not in place]


def _is_needed(font, letters):
    """A browser fetches a font when one of its letters is on the page. The one that names no range is for Persian."""
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", font) or [("0600", "06FF")]
    return any(int(first, 16) <= ord(letter) <= int(last or first, 16) for first, last in ranges for letter in letters)


def _plain(answer):
    encoding = answer.headers.get("content-encoding", "")
    if encoding == "br":
        import brotli

        return brotli.decompress(answer.body).decode(errors="replace")
    if encoding == "gzip":
        import gzip

        return gzip.decompress(answer.body).decode(errors="replace")
    return answer.text


def _asked_again(browser, address, answer):
    """Nothing for what may be kept; else what it costs to hear that it is still the same."""
    control = answer.headers.get("cache-control", "")
    age = re.search(r"max-age=(\d+)", control)
    if "immutable" in control or (age and int(age[1]) >= KEPT_SECONDS and "no-cache" not in control):
        return 0
    known = {"If-None-Match": answer.headers.get("etag"), "If-Modified-Since": answer.headers.get("last-modified")}
    return browser.get(address, **{name: value for name, value in known.items() if value}).wire_bytes
