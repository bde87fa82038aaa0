import assert from "node:assert/strict";
import { test } from "node:test";
import { instantsOf } from "./instants.ts";
import { place, rowsWith } from "./test_data.ts";
import { notFreed, rowsAt } from "./then.ts";

const rows = rowsWith(
    [place(), place({ state: "unreported" }), place({ state: "freed" })],
    [
        { place: 0, id: 3, from: 8, to: 40 },
        { place: 1, id: 1, from: 0, to: 12 },
        { place: 2, id: 2, over: 4, from: 4, to: 16 },
        { place: 2, id: 5, over: 6, from: 20, to: 24 },
    ],
);

test("what was there just after each change", () => {
    const all = instantsOf(rows);
    const ids = (instant: number) => [...rowsAt(rows, all, instant).id];
    assert.deepEqual(
        Array.from({ length: all.length }, (_, at) => ids(at)),
        [[1], [1, 2], [3, 1, 2], [3], [3, 5], [3]].map((one) => one),
        "what ended at 12 ms, without a number, is gone by the next change",
    );
    assert.deepEqual(ids(-1), []);
});

test("they are live then, and as old as they were", () => {
    const then = rowsAt(rows, instantsOf(rows), 2);
    assert.equal(then.count, 3);
    assert.deepEqual(new Set(then.places.map((one) => one.state)), new Set(["live"]));
    assert.equal(then.places.length, 3);
    assert.deepEqual([...then.ageMs], [0, 8, 4]);
    assert.deepEqual([...then.over], [0, 0, 4], "how they end is still known");
    assert.equal(rowsAt(rows, instantsOf(rows), 5).places.length, 1, "no place without a row");
});

test("the end of the run has none of what was freed, also in its filters", () => {
    const end = notFreed({ ...rows, count: 9 }, 5);
    assert.deepEqual([...end.id], [3, 1]);
    assert.equal(end.count, 4, "two are not listed");
    assert.deepEqual(
        end.places.map((one) => one.state),
        ["held", "unreported"],
    );
    assert.equal(notFreed(end, 0), end);
    assert.equal(notFreed({ ...rows, count: 9 }, 0).length, 2, "nor what may have been");
});
