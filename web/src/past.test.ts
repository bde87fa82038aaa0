import assert from "node:assert/strict";
import { test } from "node:test";
import { longer, momentOf, NO_PAST, type Past } from "./past.ts";
import type { Report } from "./report.ts";
import { device } from "./test_data.ts";

test("a moment sums devices up", () => {
    const devices = [device({ live: { dram: 5, l1: 1 } }), device({ live: { dram: 7, l1: null } })];
    assert.deepEqual(momentOf({ devices } as Report, 3), { atMs: 3, live: { dram: 12, l1: 1 } });
});

test("an hour, or a week, takes no more room, and begins and ends where it did", () => {
    let past: Past = NO_PAST;
    const most = 20;
    for (let second = 0; second < 5000; ++second) {
        past = longer(past, { atMs: 1000 * second, live: { dram: second } }, most);
        assert.ok(past.moments.length <= most + 1);
    }
    assert.equal(past.moments[0]!.atMs, 0);
    assert.equal(past.moments.at(-1)!.live.dram, 4999);
    const gaps = past.moments.slice(1).map((one, at) => one.atMs - past.moments[at]!.atMs);
    assert.ok(Math.max(...gaps) <= (4 * 5_000_000) / most, String(gaps));
});
