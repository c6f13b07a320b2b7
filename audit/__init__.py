"""The audit log: who did what to rights, settings and other people's data, when and from where. Lines are added, never changed."""
