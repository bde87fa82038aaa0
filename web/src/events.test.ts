import assert from "node:assert/strict";
import { test } from "node:test";
import { EventReader } from "./events.ts";

test("events come whole, however they are cut", () => {
    const text = "id: a\ndata: a\n\n:\n\ndata: b\ndata: c\n\ndata:d\n\n";
    for (const size of [1, 2, 7, text.length]) {
        const reader = new EventReader();
        const events: string[] = [];
        for (let at = 0; at < text.length; at += size) {
            events.push(...reader.push(text.slice(at, at + size)));
        }
        assert.deepEqual(events, ["a", "b\nc", "d"]);
    }
});

test("what has no end is not kept", () => {
    const reader = new EventReader();
    assert.throws(() => {
        for (let i = 0; i < 100; ++i) reader.push("x".repeat(1000));
    }, /no end/);
});
