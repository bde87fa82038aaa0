import assert from "node:assert/strict";
import { test } from "node:test";
import { meshesOf, regionsOf, useOf } from "./machine.ts";
import { device } from "./test_data.ts";

test("chips stand with their mesh, in the order they came", () => {
    const chips = [
        device({ device: 0, mesh: 1 }),
        device({ device: 1, mesh: null }),
        device({ device: 2, mesh: 1 }),
    ];
    const meshes = meshesOf(chips).map(({ mesh, chips }) => [
        mesh,
        chips.map((chip) => chip.device),
    ]);
    assert.deepEqual(meshes, [
        [1, [0, 2]],
        [null, [1]],
    ]);
});

test("L1 is that of the fullest core", () => {
    assert.deepEqual(useOf(device(), "l1", "peak"), {
        value: 10,
        capacity: 1000,
        coverage: "exact",
    });
    assert.deepEqual(useOf(device(), "dram", "peak"), {
        value: 50,
        capacity: 100,
        coverage: "exact",
    });
});

test("a region of which nothing is told is not known", () => {
    assert.deepEqual(useOf(device(), "trace", "live"), {
        value: null,
        capacity: null,
        coverage: "unknown",
    });
});

test("small regions are shown when they were used", () => {
    assert.deepEqual(regionsOf([device()]), ["dram", "l1"]);
    assert.deepEqual(regionsOf([device(), device({ peak: { l1_small: 5 } })]), [
        "dram",
        "l1",
        "l1_small",
    ]);
});
