"""Real programs of other people, on this machine: what they understand of us, and we of them."""
