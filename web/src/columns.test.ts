import assert from "node:assert/strict";
import { test } from "node:test";
import { gathered, numbersTo, sortedBy, upTo } from "./columns.ts";

test("how many are at most so much", () => {
    assert.deepEqual(
        [0, 1, 2, 3, 9].map((most) => upTo([1, 2, 2, 3], most)),
        [0, 1, 3, 4, 4],
    );
    assert.equal(upTo([], 1), 0);
});

test("sorted by a key, equal ones in their order, infinity last", () => {
    const key = Float64Array.of(3, 1, Infinity, 3, 0, 1, Infinity);
    assert.deepEqual([...sortedBy(numbersTo(7), key)], [4, 1, 5, 0, 3, 2, 6]);
    assert.deepEqual([...sortedBy(Uint32Array.of(6, 3, 2, 0), key)], [3, 0, 6, 2]);
    assert.deepEqual([...gathered(key, Uint32Array.of(2, 0))], [Infinity, 3]);
});
