"""The link to the engine, which scripts import for its type."""


class Mainframe:
    """Stands for the engine's message broker: a notebook has none, and nothing gives one."""
