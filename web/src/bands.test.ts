import assert from "node:assert/strict";
import { test } from "node:test";
import { bandsOf } from "./bands.ts";

const band = (name: string, from: number, to: number) => ({
    window: { pid: 1, name, from_ms: 0, to_ms: 0, id: 1, over: 2 },
    from,
    to,
});

test("windows that are open together have lanes of their own, as far as there are any", () => {
    const { lanes, left_out } = bandsOf(
        [
            band("all", 0, 100),
            band("a", 0, 10),
            band("b", 10, 20),
            band("in b", 12, 15),
            band("open", 20, 200),
            band("late", 30, 40),
        ],
        3,
    );
    assert.deepEqual(
        lanes.map((lane) => lane.map((one) => one.window.name)),
        [["all"], ["a", "b", "open"], ["in b", "late"]],
    );
    assert.equal(left_out, 0);
    assert.equal(bandsOf([band("a", 0, 2), band("b", 0, 1)], 1).left_out, 1);
});
