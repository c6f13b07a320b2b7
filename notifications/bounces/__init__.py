"""Mails that came back: how they are recognised, read from their mailbox, and what follows from them."""
