"""Numbers with their definitions: what customers' ratings say, of whom, since when, and how sure one may be."""
