"""ingest: the web and files in, clean dated Articles out, kept for ever in the Archive."""
