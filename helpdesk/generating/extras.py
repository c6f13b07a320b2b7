"""What only some tickets have: files, values of fields, tags, marks of how far staff have read."""

from datetime import UTC, datetime

from common.fulltext.cutting import GAP
from helpdesk.generating.folding import ends_of
from helpdesk.generating.moments import written
from helpdesk.generating.stories import NOTE

#: Where the one file lies that all attachments are, if it was asked for.
FILE = "generated/file.pdf"
_NAMES = ("IMG_{}.jpg", "IMG_{}.jpg", "faktura-{}.pdf", "photo-{}.jpg", "فاکتور-{}.pdf", "label-{}.png", "scan{}.pdf", "чек-{}.pdf")
_TYPES = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}


def attach(batch, story, messages):
    """Files on some of what was said. Returns [(index of the message, name)]."""
    random, files = batch.draw.random, []
    if random() >= 0.08:
        return files
    shown = [place for place, said in enumerate(story.said) if said[0] != NOTE]
    for _ in range(1 + (random() < 0.25)):
        place = shown[int(random() ** 2 * len(shown))]
        name = _NAMES[int(random() * len(_NAMES))].format(1000 + int(random() * 9000))
        pk = f"{batch.draw.getrandbits(128):032x}"
        size = 20_000 + int(random() ** 3 * 3_000_000)
        when = written(story.said[place][2])
        batch.rows["attachments"].append((pk, messages[place], FILE, name, _TYPES[name.rpartition(".")[2]], size, when))
        files.append((place, name))
    return files


def fill_fields(batch, ticket, matter, opened):
    """Values of the owner's fields. Returns (what the ticket's row repeats of them, the words they are found by)."""
    random, fields, row, words = batch.draw.random, batch.plan["fields"], [], []

    def keep(field, plain, *, text="", date=None, option=""):
        batch.rows["values"].append((batch.id("values"), ticket, field, text, date, option))
        row.append(f'"{field}": "{plain}"')

    if random() < 0.8:
        options = batch.plan["options"]
        key, found_by = options[int(random() ** 1.6 * len(options))]
        keep(fields["choice"], key, option=key)
        words.append(found_by)
    if random() < 0.5:
        keep(fields["order"], matter.order, text=matter.order)
        words.append(f"{matter.order} {GAP} {ends_of(matter.order)}")
    if random() < 0.35:
        day = datetime.fromtimestamp(opened - int(random() ** 2 * 200 * 86_400), UTC).date().isoformat()
        keep(fields["date"], day, date=day)
    if random() < 0.15:
        model = matter.tongue.fill("brand", random, matter.order)
        keep(fields["text"], model.text, text=model.text)
        words.append(f"{model.words} {model.ends}".strip())
    return "{" + ", ".join(row) + "}", words


def read_marks(batch, ticket, story, department):
    """Who wrote has read; of what is open, most who see it have read all, some an older word, some nothing."""
    marks, random = dict(story.read), batch.draw.random
    if story.closed is None:
        last, opened = story.said[-1][2], story.opened
        for reader in batch.plan["seers"].get(f"{department['id']}/{story.status}", ()):
            chance = random()
            if chance < 0.72:
                marks[reader] = last + 5
            elif chance < 0.85 and len(story.said) > 1:
                marks.setdefault(reader, opened + 5)
    for reader, when in marks.items():
        batch.rows["read_marks"].append((batch.id("read_marks"), ticket, reader, written(when)))


def tag(batch, ticket):
    """Tags on a quarter of the tickets, up to three; some tags are everywhere, some hardly anywhere."""
    random, tags = batch.draw.random, batch.tags
    if random() < 0.25:
        for one in {tags[int(random() * len(tags))]: None for _ in range(1 + int(random() ** 2 * 3))}:
            batch.rows["taggings"].append((batch.id("taggings"), one, ticket))
