"""Running the product: what must be ready before the start, the three parts, and the parent that watches over them."""
