import assert from "node:assert/strict";
import { test } from "node:test";
import { instantAt, instantOfChange, instantsOf } from "./instants.ts";
import type { Rows } from "./rows.ts";
import { place, rowsWith } from "./test_data.ts";

const freed = place({ state: "freed" });
const other = place({ state: "freed", pid: 2 });

// Each change as "row+" or "row-".
const told = (rows: Rows) => {
    const { row, isEnd } = instantsOf(rows).changes;
    return Array.from(row, (one, at) => `${one}${isEnd[at] ? "-" : "+"}`).join(" ");
};
const names = (rows: Rows) => {
    const { pid, sequence, ms } = instantsOf(rows);
    return Array.from(pid, (one, at) => `${one}-${sequence[at]} at ${ms[at]}`);
};

test("within a process numbers tell the order, whatever the clock says", () => {
    const rows = rowsWith(
        [freed],
        [
            { place: 0, id: 5, over: 6, from: 8, to: 8 },
            { place: 0, id: 1, over: 7, from: 12, to: 12 },
            { place: 0, id: 2, over: 3, from: 8, to: 9 },
        ],
    );
    assert.equal(told(rows), "1+ 2+ 2- 0+ 0- 1-");
    assert.deepEqual(
        [...instantsOf(rows).changes.ms],
        [12, 12, 12, 12, 12, 12],
        "time does not go back",
    );
});

test("between processes time tells it, then the process", () => {
    const rows = rowsWith(
        [freed, other],
        [
            { place: 1, id: 1, over: 2, from: 0, to: 8 },
            { place: 0, id: 1, over: 9, from: 4, to: 8 },
            { place: 1, id: 3, over: 4, from: 8, to: 12 },
            { place: 0, id: 10, over: 11, from: 16, to: 16 },
        ],
    );
    assert.equal(told(rows), "0+ 1+ 1- 0- 2+ 2- 3+ 3-");
    assert.deepEqual(names(rows).slice(0, 4), ["2-1 at 0", "1-1 at 4", "1-9 at 8", "2-2 at 8"]);
});

test("a process whose clock is behind delays nothing of another", () => {
    const rows = rowsWith(
        [freed, other],
        [
            { place: 0, id: 1, over: 2, from: 20, to: 4 },
            { place: 1, id: 1, over: 2, from: 8, to: 12 },
        ],
    );
    assert.equal(told(rows), "1+ 1- 0+ 0-");
});

test("all that one event ends is one instant, before what it makes", () => {
    const rows = rowsWith(
        [freed],
        [
            { place: 0, id: 1, over: 4, from: 0, to: 8 },
            { place: 0, id: 2, over: 4, from: 0, to: 9 },
            { place: 0, id: 4, over: 5, from: 8, to: 12 },
        ],
    );
    assert.equal(told(rows), "0+ 1+ 0- 1- 2+ 2-");
    assert.deepEqual(names(rows), ["1-1 at 0", "1-2 at 0", "1-4 at 9", "1-5 at 12"]);
    assert.deepEqual([...instantsOf(rows).past], [1, 2, 5, 6]);
    assert.deepEqual(
        [0, 1, 2, 4, 5].map((change) => instantOfChange(instantsOf(rows), change)),
        [0, 1, 2, 2, 3],
    );
});

test("an end without a number has its time, after its birth, and no instant of its own", () => {
    const unusual = place({ state: "left_at_exit" });
    const rows = rowsWith(
        [freed, unusual, place()],
        [
            { place: 1, id: 1, from: 0, to: 8 },
            { place: 0, id: 2, over: 3, from: 8, to: 12 },
            { place: 1, id: 4, from: 4, to: 5 }, // the clock was at 12 already
            { place: 2, id: 5, from: 16, to: 20 },
        ],
    );
    assert.equal(told(rows), "0+ 1+ 0- 1- 2+ 2- 3+");
    assert.deepEqual(names(rows), ["1-1 at 0", "1-2 at 8", "1-3 at 12", "1-4 at 12", "1-5 at 16"]);
    assert.deepEqual([...instantsOf(rows).past], [1, 2, 4, 5, 7]);
});

test("an unusual end whose event is known stands there", () => {
    const rows = rowsWith(
        [freed, place({ state: "unreported" })],
        [
            { place: 1, id: 1, over: 3, from: 0, to: 8 },
            { place: 0, id: 2, over: 4, from: 0, to: 0 },
        ],
    );
    assert.equal(told(rows), "0+ 1+ 0- 1-");
});

test("an event that changed nothing is just after the last one that did", () => {
    const rows = rowsWith(
        [freed, other],
        [
            { place: 0, id: 2, over: 8, from: 0, to: 40 },
            { place: 1, id: 1, over: 2, from: 8, to: 16 },
        ],
    );
    const all = instantsOf(rows); // 1-2, 2-1, 2-2, 1-8
    assert.equal(instantAt(all, 1, 2), 0);
    assert.equal(instantAt(all, 1, 7), 0);
    assert.equal(instantAt(all, 1, 7, 8), 1, "others went on");
    assert.equal(instantAt(all, 1, 7, 40), 2, "but its own next event was not yet");
    assert.equal(instantAt(all, 1, 9, 40), 3);
    assert.equal(instantAt(all, 1, 1), -1);
    assert.equal(instantAt(all, 3, 1, 8), 1, "of a process that allocated nothing");
});

test("when it is not known when an event was, others did not go on until then", () => {
    const rows = rowsWith(
        [freed, other],
        [
            { place: 0, id: 1, over: 4, from: 0, to: 40 },
            { place: 1, id: 1, over: 2, from: 0, to: 0 },
        ],
    );
    assert.equal(instantAt(instantsOf(rows), 1, 1), 0);
    assert.equal(instantAt(instantsOf(rows), 1, 2, 0), 2);
});

test("no rows, no instants; they are found once", () => {
    const none = rowsWith([], []);
    assert.equal(instantsOf(none).length, 0);
    assert.equal(instantsOf(none), instantsOf(none));
    assert.equal(instantAt(instantsOf(none), 1, 1), -1);
});
