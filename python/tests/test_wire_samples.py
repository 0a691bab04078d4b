"""The shapes that cross the border have not changed unawares."""

import unittest

from wire_samples import REQUESTS, WIRE, sample


class WireSamples(unittest.TestCase):
    maxDiff = None

    def test_are_what_jobs_send_now(self) -> None:
        for name in REQUESTS:
            with self.subTest(name):
                written = (WIRE / f"{name}.json").read_text(encoding="utf-8")
                self.assertEqual(sample(name), written)

    def test_have_no_files_besides(self) -> None:
        self.assertEqual({path.stem for path in WIRE.iterdir()}, set(REQUESTS))
