"""eval: The same answerer as the web, measured offline."""
