"""Words to search for, from those in every ticket to those in one, with about how many tickets hold them."""

from collections import Counter

from common.fulltext.cutting import GAP
from helpdesk.generating.batches import Batch
from helpdesk.generating.folding import words_of
from helpdesk.generating.pieces import TAIL_LENGTH, tongue
from helpdesk.generating.words import LANGUAGES
from tickets.models import FieldValue

_MOST = 4
_SHORTEST = 4


def sample_words(plan):
    """By kind, a list of {"query", "tickets"}. Common ones are counted in a few batches, composed once more, and scaled up."""
    holds, sampled, phrases = {code: Counter() for code in LANGUAGES}, Counter(), Counter()
    candidates = {code: _phrase(code) for code in LANGUAGES}
    making = plan["makings"][0]
    batches = -(-making["tickets"] // making["size"])
    for number in sorted({batches * step // _MOST for step in range(_MOST)}):
        batch = Batch(plan, making, number).compose()
        languages = [row[13] for row in batch.rows["tickets"]]
        for code, document in zip(languages, batch.documents, strict=True):
            text = f" {GAP} ".join(document[2][:2])
            sampled[code] += 1
            holds[code].update(set(text.split()))
            phrases[code] += f" {words_of(candidates[code])} " in f" {text} "
    scale = sum(making["tickets"] for making in plan["makings"]) / max(1, sampled.total())
    words = {kind: [] for kind in ("common", "function", "middle", "rare", "phrase", "number")}
    for code in LANGUAGES:
        for kind, share in (("common", 0.3), ("function", 1), ("middle", 0.01)):
            counts = holds[code] if kind == "function" else {word: holds[code][word] for word in _content(code)}
            word = _nearest(counts, share * sampled[code], shortest=_SHORTEST if kind != "function" else 1)
            words[kind] += [{"query": word, "tickets": round(holds[code][word] * scale)}] if word else []
        words["phrase"].append({"query": f'"{candidates[code]}"', "tickets": round(phrases[code] * scale)})
        words["rare"] += _rare(plan, code)
    words["number"] = _numbers(plan)
    return words


def _nearest(counts, wanted, shortest):
    words = [word for word in counts if len(word) >= shortest and word.isalpha()]
    return min(words, key=lambda word: (abs(counts[word] - wanted), word), default=None)


def _content(code):
    """Words of what the letters are about, without those that any letter may have."""
    module, own = LANGUAGES[code][0], tongue(code)
    general = " ".join([*module.CUSTOMER, *module.STAFF, *module.NOTES, *module.DETAILS, *module.STAFF_DETAILS, *module.CLOSINGS])
    topical = [piece.words for topic in own.topics for urn in (topic.customer, topic.staff) for piece in urn]
    things = [piece.words for piece in own.things]
    return set(" ".join(topical + things).split()) - set(words_of(general).split())


def _phrase(code):
    """Three words from the middle of a sentence."""
    piece = tongue(code).topics[2].customer[0]
    return " ".join(piece.text.split()[1:4]).strip(".,:;،؛?؟")


def _values(plan, field):
    return FieldValue.objects.filter(field=plan["fields"][field]).order_by("pk")


def _rare(plan, code):
    """The rarest names of models that some ticket's field holds; letters may name them as well."""
    names = {tongue(code).brand(rank).text for rank in range(TAIL_LENGTH - 1, TAIL_LENGTH // 2, -1)}
    counts = Counter(text for text in _values(plan, "text").values_list("text", flat=True)[:200_000].iterator() if text in names)
    return [{"query": text, "tickets": count} for text, count in sorted(counts.items(), key=lambda item: (item[1], item[0]))[:1]]


def _numbers(plan):
    first = _values(plan, "order").values_list("text", flat=True)[100:101] or _values(plan, "order").values_list("text", flat=True)[:1]
    return [{"query": text, "tickets": _values(plan, "order").filter(text=text).count()} for text in first]
