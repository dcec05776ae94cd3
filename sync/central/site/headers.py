"""What every page tells the browser: no script, no foreign address, no frame, no guess."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OVER_TLS = {"Strict-Transport-Security": "max-age=31536000"}
NOT_KEPT = "no-store"
KEPT_A_MINUTE = "public, max-age=60"
KEPT_A_DAY = "public, max-age=86400"
KEPT_FOR_GOOD = "public, max-age=31536000, immutable"


def security_headers(scheme: str) -> dict[str, str]:
    """The headers of any answer of the site."""
    return ALWAYS | OVER_TLS if scheme == "https" else dict(ALWAYS)
