"""Small repairs to texts on their way out."""


def without_half_characters(text: str) -> str:
    r"""Spell halves of surrogate pairs as \ud800, since they are no characters in UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def cut(text: str, most_characters: int) -> str:
    """Shorten a text that is too long, and say by how much."""
    surplus = len(text) - most_characters
    return text if surplus <= 0 else f"{text[:most_characters]}… ({surplus:,} more characters)"


def utf16_length(text: str) -> int:
    """Count as editors do: characters beyond U+FFFF are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
