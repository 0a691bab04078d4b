"""The JavaScript side of a host, for tests in Pyodide."""

from __future__ import annotations

from typing import Any

# Records events as a worker gets them, and lets a stop end the wait that began last. In the
# description a buffer says whether it can be transferred without taking other memory along, and
# what JSON does not have is spelled.
JOB_HOST = """((answers) => {
    const events = [];
    const waits = new Set();
    let modelPickle = new Uint8Array();
    const hasReader = answers.length > 0;
    let isStopped = false;
    let isOver = false;
    const describe = (key, value) =>
        value instanceof Uint8Array
            ? { bytes: [...value], ownsItsBuffer: value.byteLength === value.buffer.byteLength }
            : ["undefined", "bigint", "function"].includes(typeof value) ? typeof value : value;
    function startWait(end) {
        let resolve;
        const promise = new Promise((onResolve) => { resolve = onResolve; });
        const wait = {
            promise,
            settle: (value) => { if (!isOver) resolve(value); },
            finish: () => { waits.delete(wait); return false; },
            end: () => { if (end) end(); else resolve(undefined); },
        };
        waits.add(wait);
        return wait;
    }
    return {
        emit: (event) => { events.push(event); },
        explainMissingModule: (name) => `${name} is not for browsers.`,
        readModel: (name, start, byteCount) => {
            if (name !== "m") throw new Error(`The pickle of ${name} is gone.`);
            return modelPickle.slice(start, start + byteCount);
        },
        giveModel: (pickle) => { modelPickle = pickle; },
        startJob: () => undefined,
        endJob: () => { isOver = true; },
        startScript: () => false,
        endScript: () => false,
        isStopped: () => isStopped,
        endWaits: () => { for (const wait of [...waits].reverse()) wait.end(); },
        startSleep: (seconds) => {
            const wait = startWait();
            setTimeout(() => wait.settle(null), seconds * 1000);
            return wait;
        },
        startQuestion: () => {
            const wait = startWait();
            if (hasReader) setTimeout(() => wait.settle(answers.shift()), 0);
            return wait;
        },
        startWait: (cancel) => startWait(cancel),
        block: () => "slept",
        canBlockForAnswer: () => hasReader,
        blockForAnswer: () => answers.shift(),

        stopSoon: () => {
            const stop = () => { isStopped = true; [...waits].at(-1).end(); };
            const timer = setInterval(() => {
                if (waits.size === 0) return;
                clearInterval(timer);
                setTimeout(stop, 20);
            }, 1);
        },
        describeEvents: () => JSON.stringify(events, describe),
        arePlain: () => events.every((event) => Object.getPrototypeOf(event) === Object.prototype),
        canBeCloned: () => structuredClone(events).length === events.length,
    };
})"""


def make_job_host(*answers: str | None) -> Any:  # noqa: ANN401 - a JavaScript object
    """Make a host whose reader gives these answers."""
    from pyodide.code import run_js  # noqa: PLC0415 - exists in Pyodide only
    from pyodide.ffi import jsnull, to_js  # noqa: PLC0415

    given = [jsnull if answer is None else answer for answer in answers]
    return run_js(JOB_HOST)(to_js(given))
