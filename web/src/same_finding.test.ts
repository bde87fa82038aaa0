import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "./report.ts";
import { sameFinding } from "./same_finding.ts";

const finding = (code: string, devices: number[], id: number | null = null) =>
    ({ code, devices, allocations: id === null ? [] : [{ pid: 1, id }] }) as unknown as Finding;

test("a finding is found again among others", () => {
    const grows = finding("grows-per-iteration", [0], 7);
    const left = finding("left-at-exit", [0], 7);
    assert.equal(sameFinding([grows], 0, [left, finding("grows-per-iteration", [1], 7)]), 1);
    assert.equal(sameFinding([grows], 0, [finding("grows-per-iteration", [1], 9), grows]), 1);
    const elsewhere = finding("grows-per-iteration", [1]);
    assert.equal(sameFinding([finding("grows-per-iteration", [0])], 0, [elsewhere, grows]), 1);
    assert.equal(sameFinding([grows], 0, [left]), 0);
    assert.equal(sameFinding([grows], 3, [grows]), 3);
});
