"""Full text on both databases: words are folded and cut here, the databases only keep and find them."""
