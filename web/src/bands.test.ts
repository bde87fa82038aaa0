import assert from "node:assert/strict";
import { test } from "node:test";
import { bandsOf } from "./bands.ts";

const window = (name: string, from_ms: number, to_ms: number | null) => ({
    pid: 1,
    name,
    from_ms,
    to_ms,
    id: 1,
    over: 2,
});

test("windows that are open together have lanes of their own, as far as there are any", () => {
    const { lanes, left_out } = bandsOf(
        [
            window("all", 0, 100),
            window("a", 0, 10),
            window("b", 10, 20),
            window("in b", 12, 15),
            window("open", 20, null),
            window("late", 30, 40),
        ],
        3,
    );
    assert.deepEqual(
        lanes.map((lane) => lane.map((one) => one.name)),
        [["all"], ["a", "b", "open"], ["in b", "late"]],
    );
    assert.equal(left_out, 0);
    assert.equal(bandsOf([window("a", 0, null), window("b", 0, 1)], 1).left_out, 1);
});
