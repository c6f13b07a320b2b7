"""Lists as files: asked for on a page, written by a worker, fetched by who asked, gone after two days."""
