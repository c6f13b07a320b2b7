"""A search as the databases are asked for it, in a small language both have: words, beginnings, neighbours, and, or, not.

What is stored of a word says where it stands: `3bgrinder` is “grinder” in the second zone of an object of block 3. So the newest
blocks are read first and alone, however common a word is, and where it stands is known without looking at the object.
"""

from dataclasses import replace

from common.fulltext.stemming import stems

#: So many ids make a block. Blocks are cut into parts of PART ids, to look at the newest few first.
BLOCK = 2**16
PART = 2**12
LETTERS = "abcdef"
PLACE, PART_OF = "p", "q"
ANY_BLOCK = "@"


def stored(pk, letter, word):
    return f"{pk // BLOCK}{letter}{word}"


def question(wanted, *, letters, blocks, outside="", places=None, parts=None, syntax):
    """The question for these blocks, in the words of `syntax`; None where nothing can be found.

    `letters`: of the zones to look in; `outside`: of those where not all words stand together; `places`, `parts`: no others.
    """
    return syntax.either(
        _in_block(wanted, block, letters=letters, outside=outside, places=places, parts=parts, syntax=syntax) for block in blocks
    )


def _in_block(wanted, block, *, letters, outside="", places=None, parts, syntax):
    if not wanted.terms:
        return None
    needed = [_term(term, block, letters, syntax) for term in wanted.terms]
    if places is not None:
        needed.append(syntax.either(syntax.word(f"{block}{PLACE}{place}") for place in sorted(places)))
    if parts is not None:
        needed.append(in_parts((part for part in parts if part * PART // BLOCK == block), syntax))
    if any(one is None for one in needed):
        return None
    denied = [_term(term, block, letters, syntax) for term in wanted.without]
    if outside:
        denied.append(syntax.all(_term(term, block, outside, syntax) for term in wanted.terms))
    return syntax.but_not(syntax.all(needed), denied)


def question_of_any_block(wanted, **how):
    """The same for one block, whose number is to be put where ANY_BLOCK stands. No word contains that sign."""
    return _in_block(wanted, ANY_BLOCK, parts=None, **how)


def leading_question(wanted, *, letters, outside="", places=None, syntax):
    """The like of question_of_any_block for all that an index knows without opening a document: it finds no less. `syntax`: one that knows no neighbours."""
    if any(len(term.words) > 1 for term in wanted.terms):
        outside = ""
    known = replace(wanted, without=tuple(term for term in wanted.without if len(term.words) == 1))
    return question_of_any_block(known, letters=letters, outside=outside, places=places, syntax=syntax)


def unwanted(wanted, *, letters, blocks, syntax):
    """The question for what holds any of the words that are not wanted."""
    return syntax.either(_term(term, block, letters, syntax) for block in blocks for term in wanted.without)


def in_parts(parts, syntax):
    """The question for what stands in any of these parts."""
    return syntax.either(syntax.word(f"{part * PART // BLOCK}{PART_OF}{part}") for part in parts)


def _term(term, block, letters, syntax):
    return syntax.either(one for letter in letters for one in _ways(term, f"{block}{letter}", syntax))


def _ways(term, place, syntax):
    words = [place + word for word in term.words]
    if len(words) == 1:
        yield from [syntax.word(words[0])] if term.is_exact else [syntax.beginning(place + stem) for stem in stems(term.words[0])]
        return
    if term.is_number:
        yield syntax.all(syntax.beginning(word) for word in words)
    else:
        yield syntax.neighbours(words, term)
    if term.glued:
        yield from (syntax.beginning(place + one) for one in stems(term.glued))
