"""A data set of any size to measure with: the same for the same seed, made in bulk. docs/contributors/generated-data.md."""
