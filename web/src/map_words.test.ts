import assert from "node:assert/strict";
import { test } from "node:test";
import { mapSentences, mapTitle } from "./map_words.ts";
import type { MemoryMap } from "./report.ts";

const map: MemoryMap = {
    region: "dram",
    devices: [0, 1],
    bank: { address: 1000, end: 2000, bytes: 1000 },
    rest_is_free: true,
    lanes: [],
    holders: [],
    holes: [
        [1000, 1200],
        [1500, 2000],
    ],
    gap: null,
    left_out: 0,
};

test("a bank is named with where it lies, if that is known", () => {
    assert.equal(mapTitle(map), "DRAM of each bank, devices 0, 1: 1000 .. 2000, 1000 B");
    assert.match(mapTitle({ ...map, bank: null }), /where it begins and ends is not known$/);
});

test("holes are free only where all is known", () => {
    assert.deepEqual(mapSentences(map), ["Free: 700 B in 2 pieces, the largest 500 B at 1500."]);
    assert.deepEqual(mapSentences({ ...map, holes: [] }), ["Nothing is free."]);
    assert.match(mapSentences({ ...map, rest_is_free: false })[0]!, /^Beside these: 700 B/);
    assert.match(mapSentences({ ...map, rest_is_free: false })[1]!, /was not seen/);
});

test("a gap and an overlap are numbers", () => {
    const gap = { address: 1200, end: 1500, bytes: 300, overlap: false };
    assert.match(mapSentences({ ...map, gap })[0]!, /^Gap: 300 B between the program's end, 1200,/);
    const overlap = { ...gap, overlap: true };
    assert.match(mapSentences({ ...map, gap: overlap })[0]!, /^Overlap: 300 B; .* end at 1500,/);
    assert.match(
        mapSentences({ ...map, gap: overlap, rest_is_free: false })[0]!,
        /it was there, but did not run beside that/,
    );
});

test("what lies beyond the memory, and what is not listed, is told", () => {
    const span = { address: 1900, end: 2100, bytes: 200, count: 1, holder: 0 };
    const lanes = [{ name: "softmax", of_program: true, spans: [span] }];
    assert.ok(
        mapSentences({ ...map, lanes }).includes("Beyond the memory: 100 B; it ends at 2000."),
    );
    assert.match(mapSentences({ ...map, left_out: 7 })[1]!, /^7 more are in the report's count/);
});
