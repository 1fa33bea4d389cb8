"""One metric a file: its formula, its source, and a test worked by hand under tests/eval/metrics."""
