import assert from "node:assert/strict";
import { test } from "node:test";
import { heldMap, picturesOf } from "./pictures.ts";
import type { History, PageData } from "./report.ts";
import { device, history, place, rowsOf } from "./test_data.ts";

const chip = device();
const rows = rowsOf([place({ state: "live" })], [[0, 1000]]);

// A report whose lists have so many of five.
const told = (kept: History | null, listed: number) =>
    ({
        report: { findings: [], processes: [{ held_count: 1 }] },
        more: { findings: [], history: kept, allocations: { count: 5, listed } },
    }) as unknown as PageData;

test("the picture of rows says of which moment they are", () => {
    const name = (isThen: boolean) =>
        picturesOf(told(history(), 5), rows, chip, "l1", isThen).map((one) => one.name);
    assert.deepEqual(name(false), ["What is held at the end"]);
    assert.deepEqual(name(true), ["What was held at that moment"]);
});

test("what is free then is told only when all that was there is known", () => {
    const isFree = (kept: History | null, listed: number, of = chip) =>
        heldMap(told(kept, listed), rows, of, "l1", null, true).rest_is_free;
    assert.equal(isFree(history(), 5), true);
    assert.equal(isFree(history({ missing: 1 }), 4), false);
    assert.equal(isFree(history(), 4), false);
    assert.equal(isFree(history({ is_exact: false }), 5), false);
    assert.equal(isFree(null, 5), false);
    const unsure = { ...chip.l1_per_core, coverage: { ...chip.l1_per_core.coverage } };
    unsure.coverage.live = "at_least";
    assert.equal(isFree(history(), 5, { ...chip, l1_per_core: unsure }), false);
});
