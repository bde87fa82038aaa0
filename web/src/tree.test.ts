import assert from "node:assert/strict";
import { test } from "node:test";
import { everyRow, place, rowsOf } from "./test_data.ts";
import { cellsOf, itemsOfRows, itemsOfShares } from "./tree.ts";

const user = { path: ["user", "no program", "ttnn.add", "a.py:1"], bytes: 300, count: 3 };
const program = { path: ["program", "softmax", "ttnn.softmax", "a.py:2"], bytes: 100, count: 1 };

test("each level fills the width of the one above, the largest first", () => {
    const cells = cellsOf(
        [program, user, { ...user, path: [...user.path.slice(0, 3), "a.py:9"], bytes: 100 }],
        0,
    );
    const owners = cells.filter((cell) => cell.depth === 0);
    assert.deepEqual(
        owners.map((cell) => [cell.name, cell.bytes, cell.begin, cell.end]),
        [
            ["user", 400, 0, 0.8],
            ["program", 100, 0.8, 1],
        ],
    );
    const lines = cells
        .filter((cell) => cell.depth === 3)
        .map((cell) => [cell.name, cell.begin, cell.count]);
    assert.deepEqual(lines, [
        ["a.py:1", 0, 3],
        ["a.py:9", 0.6, 3],
        ["a.py:2", 0.8, 1],
    ]);
    assert.deepEqual(cells.at(-1)!.path, ["program", "softmax", "ttnn.softmax", "a.py:2"]);
});

test("what cannot be seen is left out, and nothing is no cell", () => {
    assert.equal(cellsOf([user, { ...program, bytes: 0.1 }], 0.01).length, 4);
    assert.deepEqual(cellsOf([], 0), []);
    assert.deepEqual(cellsOf([{ ...user, bytes: 0 }], 0), []);
});

test("rows count on all their chips, and what is not known is named so", () => {
    const rows = rowsOf(
        [place({ devices: [0, 1], owner: "unknown", op: null, call_site: null })],
        [
            [0, 0],
            [0, 16],
        ],
    );
    assert.deepEqual(itemsOfRows(rows, everyRow(rows)), [
        {
            path: ["owner not known", "no program", "op not known", "line not known"],
            bytes: 4096,
            count: 2,
        },
    ]);
});

test("shares of a peak are items too", () => {
    const share = {
        kind: "buffer",
        owner: "user",
        count: 2,
        bytes: 8,
        program: null,
        op: null,
        call_site: "a.py:1",
    };
    assert.deepEqual(itemsOfShares([share])[0]!.path, [
        "user",
        "no program",
        "op not known",
        "a.py:1",
    ]);
});
