"""People who sign in: customers, staff and owners alike."""
