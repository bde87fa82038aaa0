import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, EVERYTHING, ordered, type Choice } from "./selection.ts";
import { place, rowsOf } from "./test_data.ts";

const rows = rowsOf(
    [
        place({ bytes_per_bank: 100, occupied_bytes: 100 }),
        place({
            kind: "circular_buffer",
            owner: "program",
            op: null,
            occupied_bytes: 900,
            devices: [1, 2],
        }),
        place({ owner: "unknown", call_site: null, call_sites: [], occupied_bytes: 500 }),
    ],
    [
        [0, 4096, 70],
        [1, 1024],
        [2, 8192],
        [0, 5000],
    ],
);

const find = (choice: Partial<Choice>) =>
    [...chosen(rows, ordered(rows, "id", false), { ...EVERYTHING, ...choice })].sort();

test("all words must be found, in any of the texts, whatever their case", () => {
    assert.deepEqual(find({ text: "MODEL.py circular" }), [1]);
    assert.deepEqual(find({ text: "model.py nowhere" }), []);
    assert.deepEqual(find({ text: "  " }), [0, 1, 2, 3]);
});

test("a number is an id, or an address inside", () => {
    assert.deepEqual(find({ text: "70" }), [0]);
    assert.deepEqual(find({ text: "4195" }), [0]);
    assert.deepEqual(find({ text: "4196" }), [], "the end is not inside");
    assert.deepEqual(find({ text: "0x1000" }), [0]);
    assert.deepEqual(find({ text: "add 5050" }), [3], "beside a word");
});

test("fields choose, and a chip is any of its chips", () => {
    assert.deepEqual(find({ kind: "buffer" }), [0, 2, 3]);
    assert.deepEqual(find({ chip: "2" }), [1]);
    assert.deepEqual(find({ owner: "unknown" }), [2]);
    assert.deepEqual(find({ region: "dram" }), []);
});

test("a path chooses what is below it", () => {
    assert.deepEqual(find({ path: ["user"] }), [0, 3]);
    assert.deepEqual(find({ path: ["owner not known", "no program", "ttnn.add"] }), [2]);
    assert.deepEqual(find({ path: ["user", "other"] }), []);
});

test("rows are ordered by a column, equal ones as they were", () => {
    assert.deepEqual(
        [...ordered(rows, "bytes", true)],
        [1, 2, 0, 3],
        "1800, 500, 100, 100 on all chips",
    );
    assert.deepEqual([...ordered(rows, "address", false)], [1, 0, 3, 2]);
    assert.deepEqual([...ordered(rows, "kind", false)], [0, 2, 3, 1]);
    assert.deepEqual([...ordered(rows, "age", false)], [3, 2, 1, 0]);
});

test("the order is that of the rows that are shown", () => {
    const order = ordered(rows, "bytes", true);
    assert.deepEqual([...chosen(rows, order, { ...EVERYTHING, owner: "user" })], [0, 3]);
});
