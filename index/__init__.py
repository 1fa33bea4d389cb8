"""index: Articles in, Passages out, and the Hits that answer a Query. All of it can be rebuilt from the archive."""
