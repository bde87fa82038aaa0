import assert from "node:assert/strict";
import { test } from "node:test";
import { hashFrom, hashOf, parsed } from "./route.ts";

test("an address is what was made of it", () => {
    for (const [view, number, options] of [
        ["overview", null, {}],
        ["overview", null, { region: "l1" }],
        ["chip", 31, { region: "dram", picture: "2" }],
        ["allocations", null, { q: "a&b=c #?/ü", in: '["user","no program"]' }],
        ["finding", 1, {}],
    ] as const) {
        assert.deepEqual(parsed(hashOf(view, number, options)), { view, number, options });
    }
});

test("what is none of ours is the overview", () => {
    for (const hash of [
        "",
        "#",
        "#/",
        "#/nonsense/4",
        "#/chip",
        "#/chip/x",
        "#/finding/-1",
        "#/chip/99999999999",
    ]) {
        assert.equal(parsed(hash).view, "overview", hash);
    }
});

test("empty options are left out", () => {
    assert.equal(hashOf("allocations", null, { q: "", sort: "id" }), "#/allocations?sort=id");
});

test("the moment stays from view to view, until a link names another one or none", () => {
    const here = parsed("#/timeline?chip=1&at=7-12");
    assert.equal(hashFrom(here, "allocations"), "#/allocations?at=7-12");
    assert.equal(hashFrom(here, "chip", 3, { region: "l1" }), "#/chip/3?region=l1&at=7-12");
    assert.equal(hashFrom(here, "overview", null, { at: "7-13" }), "#/?at=7-13");
    assert.equal(
        hashFrom(here, "timeline", null, { ...here.options, at: "" }),
        "#/timeline?chip=1",
    );
    assert.equal(hashFrom(parsed("#/timeline?chip=1"), "overview"), "#/");
});
