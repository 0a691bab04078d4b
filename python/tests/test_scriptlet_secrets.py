"""Secrets that a Scriptlet takes and passes on.

Longer than most files: one short test for each place that a secret must not reach.
"""

from __future__ import annotations

import unittest

from recording_host import previews_of
from scriptlets import (
    SECRET,
    block,
    done_of,
    failure_of,
    handle,
    json_of,
    log_entries,
    outputs_of,
    printed,
    run_main,
    run_source,
    session_record,
)

from cahier.secrets_mask import SecretsMask


class Secrets(unittest.TestCase):
    def test_are_their_value_in_the_output_alone(self) -> None:
        events = run_main(
            "context.output('output', 'hunter2')\nprint('hunter2')",
            outputs=[handle("output", SECRET)],
        )
        self.assertEqual(outputs_of(events), {"output": {"kind": "secret", "text": "hunter2"}})
        self.assertEqual(log_entries(events)[0], ("stdout", "****"))
        self.assertEqual(session_record(events)[0]["output"], "****")

    def test_are_hidden_before_a_text_is_cut(self) -> None:
        events = run_main(
            "context.log_json('x' * 995 + params['key'] + 'x' * 30_000)\n"
            "context.output('output', 'x' * 995 + params['key'] + 'x' * 30_000)",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": "hunter2"}],
        )
        outcome = done_of(events)
        self.assertNotIn("hun", str(events).replace(str(outcome), ""))

    def test_are_hidden_in_log_events_previews_and_errors(self) -> None:
        secret = 'pass"word\\1'  # noqa: S105 - none of ours
        events = run_main(
            "secret = params['key']\n"
            "import sys\n"
            "print('a', secret, repr(secret))\n"
            "print(secret, file=sys.stderr)\n"
            "context.log_json({'k': secret})\n"
            "context.send_message(secret)\n"
            "context.send_warning(secret)\n"
            "context.logger.info(secret)\n"
            "context.error(secret)\n"
            "context.output('output', [secret])\n"
            "context.preview({'type': 'text', 'data': secret})\n"
            "context.preview({'type': 'json', 'data': [secret]})\n"
            "context.preview({'type': 'table', 'data': {'columns': ['a'], 'rows': [[secret]]}})\n"
            "raise ValueError(secret)",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": secret}],
        )
        for text in (repr(events), str(events)):
            for spelling in (secret, "word", "pass"):
                self.assertNotIn(spelling, text)
        self.assertEqual(failure_of(events)["message"], "****")
        self.assertIn("ValueError: ****", failure_of(events)["traceback"])

    def test_put_out_through_another_handle_are_hidden_with_a_warning(self) -> None:
        events = run_main(
            "secret = params['key']\n"
            "context.output('output', {'a': [f'of {secret}', 91234, 1234], secret: None})\n"
            "context.preview({'type': 'json', 'data': [secret, 91234, 1234]})",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": "1234"}],
        )
        text = '{"a": ["of ****", 91234, "****"], "****": null}'
        self.assertEqual(outputs_of(events), {"output": {"kind": "json", "text": text}})
        warning = (
            'The output "output" held a secret, and **** stands in its place. Give the handle the '
            "type Secret, and put out nothing else through it, to hand the secret on.\n"
        )
        self.assertIn(("warning", warning), log_entries(events))
        self.assertEqual(
            [preview["content"] for preview in previews_of(events)],
            [{"type": "json", "text": '["****", 91234, "****"]'}],
        )

    def test_that_are_short_are_hidden_only_where_they_are_a_whole_text(self) -> None:
        events = run_main(
            "context.output('output', {'a': ['a', 'a banana', 1]})\n"
            "context.log_json({'a': ['a', 'a banana', 1]})\n"
            "print('a banana')\n"
            "print('a')",
            inputs=[handle("key", SECRET), handle("digit", SECRET)],
            values=[
                {"handle": "key", "kind": "secret", "text": "a"},
                {"handle": "digit", "kind": "secret", "text": "1"},
            ],
        )
        text = '{"a": ["****", "a banana", 1]}'
        self.assertEqual(json_of(events), text)
        self.assertIn(("json", text), log_entries(events))
        self.assertEqual(printed(events), "a banana\n****\n")

    def test_that_are_objects_or_lists_are_hidden_with_each_of_their_texts(self) -> None:
        value = '{"user": "ada-l", "deep": [{"password": "hunter2-and-more"}, "abc", 91234, true]}'
        hidden = ["**** **** abc 91234 True", "user deep password"]
        kinds = (("secret", SECRET), ("json", {"contentMediaType": "oomol/secret"}))
        for kind, schema in kinds:
            with self.subTest(kind):
                events = run_main(
                    "import json\n"
                    "key = params['key']\n"
                    "held = json.loads(key) if isinstance(key, str) else key\n"
                    "password, short, number, truth = held['deep'][0], *held['deep'][1:]\n"
                    "print(held['user'], *password.values(), short, number, truth)\n"
                    "print(*held, *password)\n"
                    "print(key, json.dumps(held), repr(held))\n"
                    "context.preview({'type': 'json', 'data': held})\n"
                    "context.output('output', {held['user'] + '_id': ['ada-l', 'by ada-l', "
                    "'of hunter2-and-more']})",
                    inputs=[handle("key", schema)],
                    values=[{"handle": "key", "kind": kind, "text": value}],
                )
                *lines, last = printed(events).splitlines()
                self.assertEqual(lines, hidden)
                for secret in ("ada-l", "hunter2"):
                    self.assertNotIn(secret, last)
                # What is handed on is not to be broken where a short one is a part of a name.
                self.assertEqual(json_of(events), '{"ada-l_id": ["****", "by ada-l", "of ****"]}')
                self.assertEqual(
                    [preview["content"] for preview in previews_of(events)],
                    [
                        {
                            "type": "json",
                            "text": value.replace("ada-l", "****").replace(
                                "hunter2-and-more", "****"
                            ),
                        }
                    ],
                )

    def test_are_hidden_however_deep_they_lie_and_where_an_object_holds_itself(self) -> None:
        deep = "[" * 500 + '"hunter2"' + "]" * 500
        mask = SecretsMask()
        mask.add(deep)
        self.assertEqual(mask("of hunter2"), "of ****")
        circle: list[object] = ["hunter3", b"bytes", {1: "hunter4"}, ("hunter5", None)]
        circle.append(circle)
        mask.add(circle)
        self.assertEqual(mask("hunter3 hunter4 hunter5 bytes None"), "**** **** **** bytes None")

    def test_that_only_begin_as_json_are_texts_as_others(self) -> None:
        mask = SecretsMask()
        for text in ('{"user": "ada-l"', "[" * 100_000, '[1, "ada-l"] '):
            mask.add(text)
        self.assertEqual(mask('{"user": "ada-l" and ada-l'), "**** and ****")

    def test_that_are_a_text_as_json_are_hidden_with_and_without_their_quotes(self) -> None:
        mask = SecretsMask()
        mask.add('"hunter2"')
        self.assertEqual(mask('"hunter2" and hunter2'), "**** and ****")

    def test_that_are_integers_of_any_size_are_hidden(self) -> None:
        largest = 10**5_000 - 1
        mask = SecretsMask()
        mask.add({"key": largest})
        mask.add(largest)
        self.assertEqual(mask("of " + "9" * 5_000), "of ****")

    def test_are_hidden_as_well_where_their_value_comes_as_json(self) -> None:
        events = run_main(
            "print(params['key'], params['number'], params['none'])\n"
            "context.send_warning(params['key'])\n"
            "context.output('output', params['key'])",
            inputs=[
                handle("key", SECRET),
                handle("number", {"contentMediaType": "oomol/secret"}),
                handle("none", SECRET, nullable=True),
            ],
            values=[
                {"handle": "key", "kind": "json", "text": '"hunter2"'},
                {"handle": "number", "kind": "json", "text": "91234"},
                {"handle": "none", "kind": "json", "text": "null"},
            ],
        )
        self.assertEqual(json_of(events), '"****"')
        self.assertEqual(printed(events), "**** **** None\n")
        self.assertIn(("warning", "****\n"), log_entries(events))

    def test_of_other_cells_are_hidden_once_they_are_run(self) -> None:
        other = block(
            "Other",
            "def main(params): pass",
            [handle("key")],
            values=[{"handle": "key", "kind": "secret", "text": "hunter2"}],
        )
        events = run_source(
            "async def main(params, context):\n"
            "    print('hunter2')\n"
            "    await context.run_block('Other', inputs={}).finish()\n"
            "    print('hunter2')\n",
            blocks=[other],
        )
        self.assertEqual(printed(events), "hunter2\n****\n")

    def test_are_hidden_where_neighbouring_writes_make_them(self) -> None:
        events = run_main(
            "print('It is hun', end='')\n"
            "print('ter', end='')\n"
            "print('2!')\n"
            "print('h', end='')\n"
            "print('at')\n"
            "for letter in 'hunter2' * 50: print(letter, end='')",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": "hunter2"}],
        )
        self.assertEqual(printed(events), "It is ****!\nhat\n" + "****" * 50)

    def test_that_are_no_texts_are_refused(self) -> None:
        events = run_main("context.output('output', ['a'])", outputs=[handle("output", SECRET)])
        self.assertEqual(
            failure_of(events)["message"],
            'The output "output" is a secret, which is a text, and this is of type list. Convert '
            "it with str(...) or json.dumps(...).",
        )

    def test_stand_in_no_address_name_or_id_of_a_preview(self) -> None:
        events = run_main(
            "url = 'https://a.example/?key=' + params['key']\n"
            "for kind in ('iframe', 'image', 'video', 'audio', 'text', params['key']):\n"
            "    context.preview({'type': kind, 'data': url}, id=params['key'] + kind)\n"
            "context.preview({'type': 'text/' + params['key'], 'data': ''})\n",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": "hunter2"}],
        )
        self.assertNotIn("hunter2", str(events))
        self.assertEqual(
            [(preview["id"], preview["content"]["type"]) for preview in previews_of(events)],
            [
                *((f"****{kind}", "problem") for kind in ("iframe", "image", "video", "audio")),
                ("****text", "problem"),
                ("********", "other"),
                (None, "text"),
            ],
        )

    def test_are_found_as_json_and_repr_spell_them_and_line_by_line(self) -> None:
        mask = SecretsMask()
        mask.add("pä'ss\"\n1234567890")
        mask.add(" ")
        for text in (
            "pä'ss\"\n1234567890",
            r"p\u00e4'ss\"\n1234567890",
            r"pä'ss\"\n1234567890",
            repr("pä'ss\"\n1234567890")[1:-1],
            "1234567890",
        ):
            self.assertEqual(mask(f"a {text} b"), "a **** b")
        self.assertEqual(mask("pä 123"), "pä 123")

    def test_are_hidden_in_texts_of_json_however_those_spell_them(self) -> None:
        secret = 'pä"ss\\word<1'  # noqa: S105 - none of ours
        events = run_main(
            "import html, json\n"
            "key = params['key']\n"
            "spelled = [f'key = {key!r}', json.dumps(key), html.escape(key, quote=False)]\n"
            "context.log_json(spelled)\n"
            "context.preview({'type': 'text', 'data': spelled[0]})\n"
            "context.preview({'type': 'json', 'data': spelled})\n"
            "context.output('output', spelled)",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": secret}],
        )
        self.assertEqual(json_of(events), '["key = \'****\'", "\\"****\\"", "****"]')
        self.assertEqual([text for text in map(str, events) if "word" in text], [])

    def test_are_found_as_addresses_forms_and_html_spell_them(self) -> None:
        secret = "pä/ss 'w\"o<r>d&!"  # noqa: S105 - none of ours
        mask = SecretsMask()
        mask.add(secret)
        for text in (
            "p%C3%A4/ss%20%27w%22o%3Cr%3Ed%26%21",
            "p%c3%a4/ss%20%27w%22o%3cr%3ed%26%21",
            "p%C3%A4%2Fss%20%27w%22o%3Cr%3Ed%26%21",
            "p%c3%a4%2fss%20%27w%22o%3cr%3ed%26%21",
            "p%C3%A4%2Fss+%27w%22o%3Cr%3Ed%26%21",
            "p%c3%a4%2fss+%27w%22o%3cr%3ed%26%21",
            "p%C3%A4%2Fss%20'w%22o%3Cr%3Ed%26!",
            "pä/ss &#x27;w&quot;o&lt;r&gt;d&amp;!",
            "pä/ss 'w\"o&lt;r&gt;d&amp;!",
        ):
            self.assertEqual(mask(f"a={text};"), "a=****;")
            self.assertEqual(mask.of_values(f"a={text};"), "a=****;")

    def test_that_are_giants_are_not_spelled_in_every_way(self) -> None:
        mask = SecretsMask()
        mask.add("a b" * 4_000)
        self.assertEqual(mask("a b" * 4_000), "****")
        self.assertNotIn("****", mask("a%20b" * 4_000))

    def test_may_hold_halves_of_characters(self) -> None:
        mask = SecretsMask()
        mask.add("a b\ud800<c>")
        self.assertEqual(mask("a b\ud800&lt;c&gt;"), "****")
