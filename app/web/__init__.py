"""The web page: the only place that imports gradio; renders, never decides."""
