import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf } from "./changes.ts";
import { place, rowsOf } from "./test_data.ts";

const here = (call_site: string, state = "live") =>
    place({ call_site, state, occupied_bytes: 100, devices: [0, 1] });

test("what grew most comes first, and what stayed is left out", () => {
    const then = rowsOf(
        [here("a"), here("b"), here("c")],
        [
            [0, 0],
            [1, 0],
            [1, 0],
            [2, 0],
        ],
    );
    const now = rowsOf(
        [here("c"), here("a"), here("d"), here("b", "freed_late")],
        [
            [0, 0],
            [1, 0],
            [1, 0],
            [1, 0],
            [2, 0],
            [3, 0],
        ],
    );
    const lines = changesOf(then, now).map((one) => [one.path[3], one.then, one.now]);
    const of = (count: number) => ({ bytes: 200 * count, count });
    assert.deepEqual(lines, [
        ["a", of(1), of(3)],
        ["b", of(2), of(0)],
        ["d", of(0), of(1)],
    ]);
});

test("nothing changed is no change", () => {
    const rows = rowsOf([here("a")], [[0, 0]]);
    assert.deepEqual(changesOf(rows, rows), []);
});
