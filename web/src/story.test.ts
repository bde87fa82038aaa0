import assert from "node:assert/strict";
import { test } from "node:test";
import { lastMs, stepPath, stepsOf, ticksTo } from "./story.ts";
import { place, rowsOf } from "./test_data.ts";

const ended = place({ state: "unreported" });

test("what is held adds up, and what ended goes", () => {
    const rows = rowsOf(
        [place(), place({ region: "dram" }), ended],
        [
            [0, 0],
            [1, 0],
            [2, 0],
            [0, 0],
        ],
    );
    assert.deepEqual(stepsOf(rows, "l1", 10), [
        { at: 0, bytes: 1024 },
        { at: 200, bytes: 2048 },
        { at: 300, bytes: 3072 },
        { at: 400, bytes: 2048 },
    ]);
    assert.equal(lastMs(rows), 400);
});

test("what one tick of the clock tells of is there together", () => {
    const rows = {
        ...rowsOf(
            [ended],
            [
                [0, 0],
                [0, 16],
            ],
        ),
        ageMs: Float64Array.of(100, 0),
    };
    assert.equal(Math.max(...stepsOf(rows, "l1", 10).map((step) => step.bytes)), 2048);
});

test("many are fewer steps, the last of them what is held", () => {
    const many = rowsOf(
        [place(), place({ region: "dram" })],
        Array.from({ length: 1000 }, (_, at) => [at % 2, at]),
    );
    const steps = stepsOf(many, "l1", 50);
    assert.ok(steps.length <= 51);
    assert.equal(steps.at(-1)!.bytes, 500 * 1024);
});

test("a step goes to the right and then up", () => {
    const path = stepPath(
        [
            { at: 0, bytes: 50 },
            { at: 50, bytes: 100 },
        ],
        100,
        100,
        200,
        10,
    );
    assert.equal(path, "M0,10H0V5H100V0H200");
    assert.equal(stepPath([], 1, 1, 1, 1), "");
});

test("a ruler has round numbers", () => {
    assert.deepEqual(ticksTo(1000, 5), [0, 200, 400, 600, 800, 1000]);
    assert.deepEqual(ticksTo(0, 5), []);
    assert.deepEqual(ticksTo(7, 4), [0, 2, 4, 6]);
});
