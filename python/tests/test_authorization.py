"""`od_authorization`, and the places that its token must not reach."""

from __future__ import annotations

import json
import unittest
from unittest.mock import patch

from decoding import columns_of, dataset_of
from known_token import token_of
from recording_host import (
    CLAIMS,
    HEAD,
    SIGNATURE,
    TOKEN,
    done,
    entries_of,
    error_of,
    log_of,
    outcome_of,
    previews_of,
    request,
    run,
    run_request,
)
from scriptlets import done_of, printed, run_source, scriptlet
from statements import run_statement

from cahier import authorization
from cahier.authorization import hide_authorization, hide_given, note_given
from cahier.hiding import hide_in_values
from cahier.known_tokens import KnownTokens
from cahier.secrets_mask import SecretsMask, SecretsWatch


class Authorization(unittest.TestCase):
    def test_is_the_token_with_the_word_before_it_that_servers_want(self) -> None:
        source = f"assert od_authorization == 'Bearer ' + {TOKEN!r}"
        self.assertEqual(outcome_of(run(source))["status"], "done")

    def test_is_given_to_data_generators_alone(self) -> None:
        for events in (run_source("od_authorization"), run_statement("od_authorization")):
            outcome = outcome_of(events)
            assert outcome["status"] == "failed"
            self.assertIn("od_authorization", outcome["error"]["message"])


class Masking(unittest.TestCase):
    def test_hides_the_token_whole_and_in_its_parts_in_the_log(self) -> None:
        self.assertEqual(
            log_of(
                "token = od_authorization.removeprefix('Bearer ')\n"
                "print(od_authorization)\n"
                "print(repr({'Authorization': od_authorization}))\n"
                "print(token.split('.'))\n"
                "for part in token.partition('.'):\n"
                "    print(part, end='')\n"
                "print()\n"
                "import sys\n"
                "sys.stdout.write(token[:90])\n"
                "sys.stdout.write(token[90:] + '\\n')\n"
            ).splitlines(),
            [
                "Bearer ****",
                "{'Authorization': 'Bearer ****'}",
                f"['{HEAD}', '****', '****']",
                f"{HEAD}.****.****",
                f"{HEAD}.****.****",
            ],
        )
        log = log_of("import warnings\nwarnings.warn(od_authorization)")
        self.assertIn("****", log)
        self.assertNotIn(SIGNATURE, log)

    def test_hides_it_in_what_the_script_raises(self) -> None:
        for raising in (
            "raise ValueError(od_authorization)",
            "raise type(od_authorization, (Exception,), {})('x')",
            "exit(od_authorization)",
            "{}[od_authorization]",
            "exec('1 +', {}) if 0 else compile(od_authorization, od_authorization, 'exec')",
            "import importlib\nimportlib.import_module(od_authorization.split('.')[1])",
        ):
            error = error_of(raising)
            self.assertNotIn(SIGNATURE, str(error), raising)
            self.assertNotIn(CLAIMS, str(error), raising)
            self.assertIn("****", str(error), raising)

    def test_hides_it_in_datasets_of_rows_and_of_frames_and_says_so(self) -> None:
        events = run(
            "import pandas as pd\n"
            "from onelogic.odpf.common import ODDataset\n"
            "token = od_authorization\n"
            "claims = token.split('.')[1]\n"
            "rows = [[1, token], [2, None]]\n"
            "od_output.add_data('rows ' + token, ODDataset(rows, ['n', token]))\n"
            "frame = pd.DataFrame({'n': [1, 2], token: ['a', claims], 'c': [token, 'b']})\n"
            "od_output.add_data('frame', frame.astype({'c': 'category'}))\n"
            "od_output.add_data('clean', ODDataset([['a']], ['n']))\n"
        )
        outcome = outcome_of(events)
        assert outcome["status"] == "done"
        masked = "Bearer ****"
        self.assertEqual(
            [(o["handle"], columns_of(dataset_of(o))) for o in outcome["outputs"]],
            [
                (
                    "rows Bearer ****",
                    [("n", "int64", [1, 2]), (masked, "string", [masked, None])],
                ),
                (
                    "frame",
                    [
                        ("n", "int64", [1, 2]),
                        (masked, "string", ["a", "****"]),
                        ("c", "string", [masked, "b"]),
                    ],
                ),
                ("clean", [("n", "string", ["a"])]),
            ],
        )
        self.assertEqual(
            [entry["text"] for entry in entries_of(events)],
            [
                f'od_output.add_data: the dataset "{key}" held the token of od_authorization, and '
                "**** stands in its place: it would be kept with the notebook.\n"
                for key in ("rows Bearer ****", "frame")
            ],
        )

    def test_hides_it_in_the_name_of_an_image_and_takes_no_image_that_holds_it(self) -> None:
        png = "b'\\x89PNG\\r\\n\\x1a\\n'"
        add = "from onelogic.odpf import ImageType\nod_output.add_image({}, ImageType.PNG, {})"
        (image,) = done(add.format("od_authorization", png))["images"]
        self.assertEqual(image["name"], "Bearer ****")
        error = error_of(add.format("'plot'", f"{png} + od_authorization.encode()"))
        self.assertEqual(
            error["message"],
            'od_output.add_image: the image "plot" holds the token of od_authorization, which '
            "would be kept with the notebook. Leave it out of the image.",
        )

    def test_hides_it_in_figures_that_are_shown(self) -> None:
        events = run(
            "class Figure:\n"
            "    def to_plotly_json(self): return {}\n"
            "    def to_json(self): return '{\"title\": \"' + od_authorization + '\"}'\n"
            "from cahier.shown_figures import _previews\n"
            "_previews[-1].add(Figure(), od_authorization)\n"
        )
        (preview,) = previews_of(events)
        self.assertEqual(preview["id"], "Bearer ****")
        self.assertEqual(preview["content"]["text"], '{"title": "Bearer ****"}')  # type: ignore[typeddict-item] # it has one
        self.assertNotIn(SIGNATURE, str(events))


class LaterJobs(unittest.TestCase):
    def setUp(self) -> None:
        # What the tests here give is not to be hidden in others, nor waited for.
        self.enterContext(patch.object(authorization, "_given", KnownTokens()))
        self.enterContext(patch.object(authorization, "_given_of_others", []))

    def test_hide_what_earlier_ones_handed_to_them_in_their_session_and_in_others(self) -> None:
        handing = request(
            "import json\njson.handed = od_authorization", generate_empty_dataset=True
        )
        handing["sessionId"] = "session of tokens"
        done_of(run_request(handing))
        self.addCleanup(lambda: delattr(json, "handed"))
        printing = "import json\ndef main(): print(json.handed)\n"
        job = scriptlet(printing)
        job["sessionId"] = "session of tokens"
        self.assertEqual(printed(run_request(job)), "Bearer ****\n")
        job["sessionId"] = "another session"
        self.assertEqual(printed(run_request(job)), "Bearer ****\n")

    def test_keep_no_bytes_that_hold_the_claims_of_a_token(self) -> None:
        done_of(run_request(request("", generate_empty_dataset=True)))
        mask = SecretsMask()
        hide_given(mask)
        found = [mask.is_in_bytes(part.encode()) for part in (TOKEN, CLAIMS, SIGNATURE)]
        self.assertEqual(found, [True, True, False])

    def test_hide_every_token_that_was_given_before_however_long_ago(self) -> None:
        tokens = [token_of(number) for number in range(100)]
        for token in tokens:
            note_given(f"Bearer {token}", SecretsMask())
        mask = SecretsMask()
        hide_given(mask)
        for token in tokens:
            head, claims, signature = token.split(".")
            self.assertEqual(
                mask(f"{token} x{token}y {claims} {signature} _{signature}_ {head}"),
                f"**** x****y **** **** _****_ {head}",
            )

    def test_hide_the_tokens_of_a_real_server_too(self) -> None:
        for number in range(40):
            note_given(f"Bearer opaque-token-{number}", SecretsMask())
        mask = SecretsMask()
        hide_given(mask)
        self.assertEqual(mask("opaque-token-0 opaque-token-39 opaque"), "**** **** opaque")


class TokensOfOthers(unittest.TestCase):
    def test_are_hidden_whole_and_without_words_of_sentences(self) -> None:
        mask = SecretsMask()
        hide_authorization("Bearer one.two.three-and-then-some-more", mask)
        self.assertEqual(
            mask("one.two.three-and-then-some-more, three-and-then-some-more, two, three"),
            "****, ****, two, three",
        )


class Values(unittest.TestCase):
    def test_are_looked_through_in_parts_and_copied_only_where_they_hold_a_secret(self) -> None:
        mask = SecretsMask()
        mask.add("hunter22")
        clean: list[object] = ["a", 1, None] * 10_000
        self.assertIs(hide_in_values(clean, mask), clean)
        self.assertIs(hide_in_values(clean, None), clean)
        values = [*clean, "x hunter22"]
        self.assertEqual(hide_in_values(values, mask), [*clean, "x ****"])
        self.assertEqual(values[-1], "x hunter22")

    def test_that_are_short_secrets_are_hidden_too(self) -> None:
        mask = SecretsMask()
        mask.add("abc")
        self.assertEqual(hide_in_values(["abc", "abcd", 1], mask), ["****", "abcd", 1])


class Bytes(unittest.TestCase):
    def test_are_known_to_hold_a_token_or_a_part_of_one_wherever_it_stands(self) -> None:
        mask = SecretsMask()
        hide_authorization(f"Bearer {TOKEN}", mask)
        for before in (0, 1, 999_990, 1_000_000, 2_500_000):
            for part in (TOKEN, CLAIMS, SIGNATURE):
                data = b"\0" * before + part.encode() + b"\0" * 5
                self.assertTrue(mask.is_in_bytes(data))
                self.assertTrue(mask.is_in_bytes(memoryview(bytearray(data))))

    def test_that_hold_none_are_known_not_to(self) -> None:
        mask = SecretsMask()
        self.assertFalse(mask.is_in_bytes(b"anything"))
        hide_authorization(f"Bearer {TOKEN}", mask)
        for data in (b"", HEAD.encode(), SIGNATURE[:-1].encode(), CLAIMS[1:].encode()):
            self.assertFalse(mask.is_in_bytes(data))

    def test_that_come_in_parts_are_known_to_hold_one_across_them(self) -> None:
        mask = SecretsMask()
        hide_authorization(f"Bearer {TOKEN}", mask)
        data = b"\0" * 300 + SIGNATURE.encode() + b"\0" * 300
        for size in (1, 7, 100, 343, 500):
            watch = SecretsWatch(mask)
            parts = [memoryview(data)[at : at + size] for at in range(0, len(data), size)]
            seen = [watch.sees_one_in(part) for part in parts]
            last = (300 + len(SIGNATURE) - 1) // size
            self.assertEqual(seen.index(True), last, size)

    def test_that_come_in_parts_are_let_through_where_there_is_no_secret(self) -> None:
        self.assertFalse(SecretsWatch(SecretsMask()).sees_one_in(memoryview(b"anything")))


if __name__ == "__main__":
    unittest.main()
