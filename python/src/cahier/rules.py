"""How the runtime says that a script did not keep a rule."""


class RuleError(Exception):
    """A rule of the processor was not kept; the message names the thing and the remedy."""
