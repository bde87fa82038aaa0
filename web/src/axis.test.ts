import assert from "node:assert/strict";
import { test } from "node:test";
import { axisAlong } from "./axis.ts";
import { instantsOf } from "./instants.ts";
import { levelOf, type Of } from "./levels.ts";
import { place, rowsWith } from "./test_data.ts";

const DRAM: Of = { region: "dram", part: "all", chip: null };
const dram = place({ state: "freed", region: "dram", occupied_bytes: 100 });
const l1 = place({ state: "freed", occupied_bytes: 1 });
// All but the last within one tick of the clock.
const rows = rowsWith(
    [dram, l1],
    [
        { place: 0, id: 1, over: 3, from: 0, to: 0 },
        { place: 1, id: 2, over: 9, from: 0, to: 400 },
        { place: 0, id: 4, over: 8, from: 0, to: 400 },
    ],
);
const all = instantsOf(rows);
const level = levelOf(rows, DRAM);

test("along changes each is as wide as the next", () => {
    const axis = axisAlong("changes", all, 400);
    assert.deepEqual([...Array.from(axis.ofLevel(level))], [1, 3, 4, 5]);
    assert.ok(axis.last > 6 && axis.last < 6.1);
    assert.equal(axis.ofInstant(-1), 0);
    assert.equal(axis.ofInstant(2), 3);
    assert.equal(axis.ofEvent(4711, 7, 0), 4, "a mark stands after the change before it");
    assert.equal(all.sequence[axis.pick(level, 3.9)], 3);
    assert.equal(all.sequence[axis.pick(level, 0)], 1, "there is none before the first");
    assert.equal(axis.text(0), "change 0");
    assert.equal(axis.text(50), "50");
});

test("along time they stand where the clock has them", () => {
    const axis = axisAlong("time", all, 400);
    assert.deepEqual([...Array.from(axis.ofLevel(level))], [0, 0, 0, 400]);
    assert.equal(axis.ofInstant(-1), 0);
    assert.equal(axis.ofInstant(4), 400);
    assert.equal(axis.ofEvent(4711, 7, 123), 123);
    assert.equal(all.sequence[axis.pick(level, 200)], 4, "the last of the highest within a tick");
    assert.equal(axis.text(400), "400 ms");
});

test("where nothing is, there is still an axis", () => {
    const none = instantsOf(rowsWith([], []));
    for (const along of ["changes", "time"] as const) {
        const axis = axisAlong(along, none, 0);
        assert.equal(axis.last, 1.0);
        assert.equal(axis.ofEvent(1, 1, 0), 0);
    }
});
