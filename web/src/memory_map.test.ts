import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { closer, gapOf, holesOf, mapOfRows, painted, SEVERAL } from "./memory_map.ts";
import type { Lane, MemoryMap } from "./report.ts";
import { device, everyRow, place, rowsOf } from "./test_data.ts";

const softmax = { id: 4, label: "softmax", op: "ttnn.softmax", call_site: "a.py:2" };
const buffers = place({ bytes_per_bank: 100 });
const circular = place({
    kind: "circular_buffer",
    owner: "program",
    program: softmax,
    bytes_per_bank: 200,
    cores: [[0, 0, 1, 1]],
});

function mapOf(rows: [number, number][], core: { x: number; y: number } | null = null): MemoryMap {
    const all = rowsOf(
        [buffers, circular, place({ region: "dram" }), place({ devices: [7] })],
        rows,
    );
    return mapOfRows(all, everyRow(all), device(), "l1", core, true);
}

test("programs and buffers have lanes of their own, and a gap between them", () => {
    const map = mapOf([
        [0, 1900],
        [1, 1000],
        [0, 1700],
        [1, 1200],
        [2, 1500],
        [3, 1500],
    ]);
    assert.deepEqual(
        map.lanes.map((lane) => [lane.name, lane.spans.length]),
        [
            ["softmax", 2],
            ["buffers", 2],
        ],
    );
    assert.deepEqual(map.gap, { address: 1400, end: 1700, bytes: 300, overlap: false });
    assert.deepEqual(map.holes, [
        [1400, 1700],
        [1800, 1900],
    ]);
    assert.deepEqual(
        map.holders.map((one) => [one.letter, one.name, one.bytes_per_bank]),
        [
            ["A", "2 circular buffers, softmax, ttnn.add at model.py:12 in forward", 400],
            ["B", "2 buffers, ttnn.add at model.py:12 in forward", 200],
        ],
    );
    assert.deepEqual(
        map.lanes[1]!.spans.map((span) => span.holder),
        [1, 1],
    );
});

test("a program that lies over a buffer did not run beside it: that is no clash", () => {
    const map = mapOf([
        [0, 1100],
        [1, 1000],
    ]);
    assert.deepEqual(map.gap, { address: 1100, end: 1200, bytes: 100, overlap: true });
    assert.equal(map.rest_is_free, false);
});

test("on one core there is what lies on it", () => {
    const lanesOn = (x: number, y: number) =>
        mapOf(
            [
                [0, 1900],
                [1, 1000],
            ],
            { x, y },
        ).lanes.length;
    assert.equal(lanesOn(1, 1), 2);
    assert.equal(lanesOn(2, 1), 1);
    assert.equal(lanesOn(1, 2), 1);
});

test("a bank without a known place is told so", () => {
    const rows = rowsOf([buffers], [[0, 1900]]);
    for (const banks of [{}, { l1: { count: 64, address: null, bytes: 1000 } }]) {
        const map = mapOfRows(rows, everyRow(rows), device({ banks }), "l1", null, true);
        assert.equal(map.bank, null);
        assert.deepEqual(map.holes, []);
    }
});

test("many programs share the last lane", () => {
    const places = Array.from({ length: 12 }, (_, id) => ({
        ...circular,
        program: { ...softmax, id, label: `p${id}` },
    }));
    const rows = rowsOf(
        places,
        places.map((_, at) => [at, 1000]),
    );
    const map = mapOfRows(rows, everyRow(rows), device(), "l1", null, true);
    assert.equal(map.lanes.length, 8);
    assert.equal(map.lanes[7]!.name, "p7 and 4 more");
    assert.equal(map.lanes[7]!.spans.length, 5);
});

test("gap and holes are those that plimsoll explain prints", () => {
    const golden = new URL("../../tests/golden/explain-clash.json", import.meta.url);
    const told = JSON.parse(readFileSync(golden, "utf8")) as {
        findings: { maps: (MemoryMap & { holes_count: number })[] }[];
    };
    const maps = told.findings.flatMap((finding) => finding.maps);
    assert.ok(maps.length > 1);
    for (const map of maps) {
        assert.deepEqual(gapOf(map), map.gap);
        assert.equal(holesOf(map).length, map.holes_count);
    }
});

const lane = (spans: [number, number, number][]): Lane => ({
    name: "buffers",
    of_program: false,
    spans: spans.map(([address, end, holder]) => ({
        address,
        end,
        bytes: end - address,
        count: 1,
        holder,
    })),
});

test("narrow neighbours of one holder are painted as one, wide ones are not", () => {
    const cells = painted(
        lane([
            [0, 2, 0],
            [2, 4, 0],
            [4, 8, 1],
            [20, 30, 1],
            [30, 40, 1],
        ]),
        0,
        100,
        100,
    );
    assert.deepEqual(
        cells.map((cell) => [cell.begin, cell.end, cell.holder, cell.count]),
        [
            [0, 4, 0, 2],
            [4, 8, 1, 1],
            [20, 30, 1, 1],
            [30, 40, 1, 1],
        ],
    );
});

test("however many spans there are, a screen gets no more than its columns", () => {
    const spans = Array.from(
        { length: 100000 },
        (_, at) => [at * 20, at * 20 + 10, at % 3] as [number, number, number],
    );
    const cells = painted(lane(spans), 0, 2000000, 500);
    assert.ok(cells.length <= 500, String(cells.length));
    assert.equal(
        cells.reduce((sum, cell) => sum + cell.count, 0),
        100000,
    );
    assert.ok(cells.some((cell) => cell.holder === SEVERAL));
});

test("what is small is drawn once more, closer", () => {
    assert.deepEqual(
        closer(
            mapOf([
                [0, 1700],
                [0, 1800],
            ]),
        ),
        null,
        "a fifth of the bank",
    );
    const map = {
        ...mapOf([[0, 1900]]),
        lanes: [
            lane([
                [1900, 1910, 0],
                [1920, 1930, 0],
            ]),
        ],
    };
    assert.deepEqual(closer(map), [1900, 1930]);
});
