"""How many messages each ticket of a batch has: most have a few, a few have very many, and together they are as many as were asked for."""

MOST = 200
#: From this size on, a batch has a ticket with the most messages there can be.
BIG_BATCH = 200


def message_counts(random, tickets, mean):
    """From 1 to MOST for each ticket; they add up to `tickets * mean`."""
    counts = [_count(random, mean) for _ in range(tickets)]
    if tickets >= BIG_BATCH:
        counts[int(random.random() * tickets)] = MOST
    kept, rest = counts.index(max(counts)), tickets * mean - sum(counts)
    step = 1 if rest > 0 else -1
    while rest:
        place = int(random.random() * tickets)
        if place != kept and 1 <= counts[place] + step <= MOST:
            counts[place] += step
            rest -= step
        elif tickets == 1:
            counts[0], rest = mean, 0
    return counts


def _count(random, mean):
    if random.random() < 0.001:
        return min(MOST, 30 + int(random.expovariate(1 / 50)))
    return min(MOST, 1 + int(random.expovariate(1 / max(0.1, mean - 1.4))))
