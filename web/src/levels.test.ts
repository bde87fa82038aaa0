import assert from "node:assert/strict";
import { test } from "node:test";
import { instantsOf } from "./instants.ts";
import { isAtLeast, levelText } from "./level_words.ts";
import { bytesAfter, drawn, levelOf, pickAt, type Of } from "./levels.ts";
import { device, history, place, rowsWith } from "./test_data.ts";

const buffer = place({ state: "freed", devices: [0, 1], occupied_bytes: 100 });
const circular = place({ state: "freed", kind: "circular_buffer", occupied_bytes: 10 });
const dataflow = place({ state: "held", kind: "dataflow_buffer", occupied_bytes: 20 });
const dram = place({ state: "freed", region: "dram", occupied_bytes: 1000, devices: [1] });
const rows = rowsWith(
    [buffer, circular, dataflow, dram],
    [
        { place: 0, id: 1, over: 3, from: 0, to: 8 },
        { place: 0, id: 2, over: 5, from: 4, to: 12 },
        { place: 1, id: 4, over: 9, from: 8, to: 20 },
        { place: 3, id: 6, over: 7, from: 12, to: 12 },
        { place: 2, id: 8, from: 16, to: 20 },
    ],
);
const ofL1 = (part: Of["part"], chip: number | null = null): Of => ({ region: "l1", part, chip });
const DRAM: Of = { region: "dram", part: "all", chip: null };

test("levels rise with births and fall with ends", () => {
    const level = levelOf(rows, ofL1("buffers"));
    assert.deepEqual([...level.bytes], [200, 400, 200, 0]);
    assert.deepEqual([...level.ms], [0, 4, 8, 12]);
    assert.deepEqual([...level.change], [0, 1, 2, 4]);
    assert.equal(level.highest, 1);
    assert.equal(levelOf(rows, ofL1("buffers")), level, "they are added once");
});

test("L1 is told apart: what the allocator gave, and what programs have", () => {
    assert.deepEqual([...levelOf(rows, ofL1("programs")).bytes], [10, 30, 20]);
    assert.equal(levelOf(rows, ofL1("programs")).highest, 1);
});

test("of one chip it is that chip's part", () => {
    assert.deepEqual([...levelOf(rows, ofL1("buffers", 1)).bytes], [100, 200, 100, 0]);
    assert.deepEqual([...levelOf(rows, { ...DRAM, chip: 0 }).bytes], []);
    assert.equal(levelOf(rows, { ...DRAM, chip: 0 }).highest, -1);
});

test("the level at any moment is that of the last change before", () => {
    const level = levelOf(rows, ofL1("buffers"));
    assert.deepEqual(
        [0, 1, 2, 3, 4, 5, 9].map((past) => bytesAfter(level, past)),
        [0, 200, 400, 200, 200, 0, 0],
    );
});

test("a click finds the last change, and the highest of those at one time", () => {
    const all = instantsOf(rows);
    const at = (of: Of, ms: number) => all.sequence[pickAt(all, levelOf(rows, of), ms)];
    assert.equal(at(DRAM, 5), 2);
    assert.equal(at(DRAM, 12), 6, "5, 6 and 7 are at 12 ms, and it was there after 6 alone");
    assert.equal(at(ofL1("programs"), 15), 7, "they are all as high: the last");
    assert.equal(at(DRAM, -1), 1);
    assert.equal(at(DRAM, 1e9), 9);
});

test("the highest is named with what made it", () => {
    const level = levelOf(rows, DRAM);
    assert.deepEqual(levelText(rows, level, "DRAM", false, null), {
        most: "DRAM: up to 1000 B",
        when:
            "at 0.012 s, just after ttnn.add at model.py:12 in forward allocated 1000 B in DRAM; " +
            "0 B at the end",
    });
    assert.equal(
        levelText(rows, level, "DRAM", true, 2048).most,
        "DRAM: up to at least 1000 B of 2048 B",
    );
});

test("a curve is a lower bound when something is missing, or the report knows better", () => {
    const level = levelOf(rows, { ...DRAM, chip: 1 });
    const chip = (dram: number | null) => device({ device: 1, peak: { dram } });
    const is = (kept: Parameters<typeof history>[0], peak: number | null) =>
        isAtLeast(history(kept), level, { ...DRAM, chip: 1 }, chip(peak));
    assert.equal(is({}, 1000), false);
    assert.equal(is({}, null), false);
    assert.equal(is({}, 1001), true);
    assert.equal(is({ missing: 1 }, 1000), true);
    assert.equal(is({ is_exact: false }, 1000), true);
    assert.equal(isAtLeast(history(), level, DRAM, null), false);
});

test("the highest is the first that is", () => {
    const twice = rowsWith(
        [dram],
        [
            { place: 0, id: 1, over: 2, from: 0, to: 4 },
            { place: 0, id: 3, over: 4, from: 8, to: 12 },
        ],
    );
    assert.equal(levelOf(twice, DRAM).highest, 0);
});

test("what is drawn has the highest and the lowest of what falls together", () => {
    // 200, 400, 200, 0, 200: as many changes as one column has to show.
    const life = (id: number, over: number) => ({ place: 0, id, over, from: 0, to: 0 });
    const level = levelOf(
        rowsWith([buffer], [life(1, 4), life(2, 3), life(5, 6)]),
        ofL1("buffers"),
    );
    assert.deepEqual([...level.bytes], [200, 400, 200, 0, 200, 0]);
    const shown = { ...level, bytes: level.bytes.slice(0, 5), ms: level.ms.slice(0, 5) };
    assert.deepEqual(
        drawn(shown, shown.ms, 100, 10).map((one) => one.bytes),
        [200, 400, 0, 200],
    );
});

test("what is drawn keeps the highest and the last, however many there are", () => {
    const many = rowsWith(
        [buffer, place({ occupied_bytes: 7 })],
        Array.from({ length: 1000 }, (_, at) => ({
            place: Number(at === 999),
            id: 2 * at + 1,
            over: at === 999 ? 0 : 2 * at + 2,
            from: at,
            to: at,
        })),
    );
    const level = levelOf(many, ofL1("buffers"));
    const steps = drawn(level, level.ms, 1000, 10);
    assert.ok(steps.length <= 40, `${steps.length}`);
    assert.equal(Math.max(...steps.map((one) => one.bytes)), 200);
    assert.equal(Math.min(...steps.map((one) => one.bytes)), 0);
    assert.deepEqual(steps.at(-1), { at: 999, bytes: 7 });
    assert.deepEqual(drawn(levelOf(rowsWith([], []), DRAM), [], 1, 10), []);
});
