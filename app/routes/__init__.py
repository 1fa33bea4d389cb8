"""The HTTP routes, one file an area; app.api puts them together."""
