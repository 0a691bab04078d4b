"""Tokens that are known by their hashes."""

from __future__ import annotations

import unittest

from known_token import token_of
from recording_host import CLAIMS, HEAD, SIGNATURE, TOKEN

from cahier.known_tokens import KnownTokens
from cahier.secrets_mask import SecretsMask, SecretsWatch


def known(*tokens: str) -> KnownTokens:
    """Know these, each of which has the form for it."""
    found = KnownTokens()
    for token in tokens:
        assert found.add(token), token
    return found


class Hiding(unittest.TestCase):
    def test_finds_a_token_and_its_parts_wherever_they_stand(self) -> None:
        tokens = known(TOKEN, token_of(1), token_of(2))
        for before in ("", "a", "eyJ", "\u00e9\u2013\U0001f98a ", "x" * 100, f"{HEAD}."):
            for after in ("", "b", "eyJ", " \U0001f98a", "w" * 100):
                for part in (TOKEN, CLAIMS, SIGNATURE, token_of(1), token_of(2).split(".")[2]):
                    text = f"{before}{part}{after}"
                    self.assertEqual(tokens.hide(text, "#"), f"{before}#{after}")

    def test_hides_each_of_several_in_a_text(self) -> None:
        tokens = known(TOKEN, token_of(1))
        text = f"{TOKEN}{SIGNATURE}\n{CLAIMS} {token_of(1)}, {token_of(1)}"
        self.assertEqual(tokens.hide(text, "#"), "##\n# #, #")

    def test_finds_those_of_a_giant_text_wherever_they_stand(self) -> None:
        tokens = known(TOKEN)
        for length in (999_900, 999_914, 999_915, 999_999, 1_000_000):
            start = " " * length
            self.assertEqual(tokens.hide(f"{start}{SIGNATURE} {SIGNATURE}", "#"), f"{start}# #")

    def test_leaves_all_else(self) -> None:
        tokens = known(TOKEN)
        for text in ("", HEAD, CLAIMS[:-1], SIGNATURE[:-1], SIGNATURE[1:], token_of(1), "x" * 999):
            self.assertIs(tokens.hide(text, "#"), text)
        self.assertIs(KnownTokens().hide(TOKEN, "#"), TOKEN)

    def test_knows_no_tokens_of_another_form(self) -> None:
        tokens = KnownTokens()
        for other in (
            "",
            "opaque-token",
            "a.b.c",
            HEAD,
            f"{HEAD}.{CLAIMS}",
            f"{TOKEN}A",
            f" {TOKEN}",
        ):
            self.assertFalse(tokens.add(other), other)
        self.assertEqual((tokens.is_empty, tokens.longest), (True, 0))


class Beginnings(unittest.TestCase):
    def test_are_waited_for_of_each_part(self) -> None:
        tokens = known(TOKEN)
        for part in (TOKEN, CLAIMS, SIGNATURE):
            for length in range(1, len(part)):
                self.assertTrue(tokens.may_go_on(f"token: {part[:length]}"), (part, length))

    def test_are_not_seen_in_other_texts(self) -> None:
        tokens = known(TOKEN)
        for text in ("", "a line\n", "eyJ\n", "eyJhbGciOiJub25l. ", "12 ", "eyJx!"):
            self.assertFalse(tokens.may_go_on(text), text)
        self.assertFalse(KnownTokens().may_go_on("eyJ"))


class Masks(unittest.TestCase):
    def test_that_watch_for_tokens_hide_those_that_become_known_later(self) -> None:
        tokens, mask = KnownTokens(), SecretsMask()
        mask.watch(tokens)
        self.assertTrue(mask.is_empty)
        tokens.add(TOKEN)
        self.assertFalse(mask.is_empty)
        for each in (mask, mask.of_values):
            self.assertEqual(each(f"Bearer {TOKEN}"), "Bearer ****")
            self.assertTrue(each.may_be_in(["a", SIGNATURE]))
            self.assertFalse(each.may_be_in(["a", SIGNATURE[1:]]))

    def test_find_the_claims_in_bytes_also_where_they_come_in_parts(self) -> None:
        mask = SecretsMask()
        mask.watch(known(TOKEN))
        for before in (0, 1, 999_990, 1_000_000):
            data = b"\xff" * before + CLAIMS.encode() + b"\xff" * 300
            self.assertTrue(mask.is_in_bytes(data))
            self.assertFalse(mask.is_in_bytes(data.replace(b"eyJ", b"eyK")))
        for size in (1, 7, 100):
            watch = SecretsWatch(mask)
            data = b"\0" * 50 + TOKEN.encode() + b"\0" * 50
            parts = [memoryview(data)[at : at + size] for at in range(0, len(data), size)]
            self.assertIn(True, [watch.sees_one_in(part) for part in parts], size)


if __name__ == "__main__":
    unittest.main()
