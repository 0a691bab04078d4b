"""How a preview says that it cannot be shown."""


class PreviewError(Exception):
    """A preview that cannot be shown; the message is the reason, and goes on after a colon."""
