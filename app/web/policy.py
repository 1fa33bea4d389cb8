"""What a page may load and run: the Content-Security-Policy of each kind of page.

A route whose page needs more than nothing sets one of these as its
`content-security-policy` header; the door keeps it, and gives CSP_PLAIN to every
reply that sets none. No policy lets another host in, and none lets inline script run.
"""

from __future__ import annotations

CSP_PLAIN = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""For article pages and JSON: no script at all."""

CSP_FORM = CSP_PLAIN.replace("form-action 'none'", "form-action 'self'")
"""For pages with a form and no script."""

CSP_SCRIPT = CSP_FORM + "; script-src 'self'; script-src-attr 'none'; connect-src 'self'; font-src 'self'"
"""For pages with a script file of their own (a <script src> under /tinh), which may call this host's API."""


def csp_embed(sites: str) -> str:
    """For the widget's page: as CSP_SCRIPT, and framed by this site and the listed ones only.

    sites: origins as HOITIN_EMBED lists them, with commas.

    >>> csp_embed("https://bao.example")[-42:]
    "frame-ancestors 'self' https://bao.example"
    """
    ancestors = " ".join(["'self'", *filter(None, (site.strip() for site in sites.split(",")))])
    kept = [part for part in CSP_SCRIPT.split("; ") if not part.startswith("frame-ancestors")]
    return "; ".join([*kept, f"frame-ancestors {ancestors}"])


def csp_chat(nonce: str) -> str:
    """For the chat. Inline handlers and javascript: addresses stay forbidden, so markup that slipped in could not run.

    'unsafe-eval': gradio makes functions of the templates that this app wrote (gr.HTML).
    style 'unsafe-inline': gradio sets style attributes on its elements.
    """
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; script-src-attr 'none'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
