import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, picked, placeOf, rowNamed, unpacked } from "./rows.ts";
import { place } from "./test_data.ts";

const packed = {
    count: 5,
    listed: 3,
    places: [place(), place({ kind: "semaphore" })],
    place: "0,1,-1",
    id: "10,2,2",
    address: "4096,-3072,3072",
    made_ms: "0,4,0",
    age_ms: "3,0,0",
};

test("columns are differences to the one before", () => {
    const rows = unpacked(packed);
    assert.deepEqual([...rows.place], [0, 1, 0]);
    assert.deepEqual([...rows.id], [10, 12, 14]);
    assert.deepEqual([...rows.address], [4096, 1024, 4096]);
    assert.deepEqual([...rows.madeMs], [0, 4, 4]);
    assert.deepEqual([...rows.ageMs], [3, 3, 3]);
    assert.equal(rows.count, 5);
});

test("of each row it is known which event ended it, where that was kept", () => {
    assert.deepEqual([...unpacked({ ...packed, over: "7,-7,9" }).over], [7, 0, 9]);
    assert.deepEqual([...unpacked(packed).over], [0, 0, 0]);
    assert.throws(() => unpacked({ ...packed, over: "7" }), /damaged/);
});

test("some rows alone have their places alone", () => {
    const rows = picked(unpacked({ ...packed, over: "7,-7,9" }), Uint32Array.of(2, 1));
    assert.deepEqual([rows.count, rows.length, rows.places.length], [2, 2, 2]);
    assert.deepEqual([...rows.id], [14, 12]);
    assert.deepEqual([...rows.over], [9, 0]);
    assert.equal(placeOf(rows, 1).kind, "semaphore");
    const one = picked(rows, Uint32Array.of(1));
    assert.deepEqual(
        one.places.map((place) => place.kind),
        ["semaphore"],
    );
});

test("no rows are no rows", () => {
    const none = {
        count: 0,
        listed: 0,
        places: [],
        place: "",
        id: "",
        address: "",
        made_ms: "",
        age_ms: "",
    };
    assert.equal(unpacked(none).length, 0);
});

test("damaged columns are refused", () => {
    assert.throws(() => unpacked({ ...packed, id: "10,2" }), /damaged/);
    assert.throws(() => unpacked({ ...packed, place: "0,1,7" }), /damaged/);
});

test("a row is found again by its name", () => {
    const before = unpacked(packed);
    const name = nameOf(before, 2);
    const after = unpacked({
        ...packed,
        listed: 2,
        place: "0,0",
        id: "14,1",
        address: "0,0",
        made_ms: "0,0",
        age_ms: "0,0",
    });
    assert.equal(rowNamed(before, name), 2);
    assert.equal(rowNamed(after, name), 0);
    assert.equal(rowNamed(after, "2-14"), null, "another process");
    for (const strange of ["", "-", "1", "x-y", "1-14-0x"]) rowNamed(after, strange);
});
