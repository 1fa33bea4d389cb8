"""index: Articles in, Passages out, and the Hits that answer a Query. Everything here can be rebuilt from the archive."""
