import assert from "node:assert/strict";
import { test } from "node:test";
import { atNamed, nameOfInstant, stepFrom } from "./at.ts";
import { eventText, instantText } from "./event_words.ts";
import { instantsOf } from "./instants.ts";
import { history, place, rowsWith } from "./test_data.ts";

const MIB = 1 << 20;
const program = { id: null, label: "softmax", op: null, call_site: null };
const ofProgram = {
    state: "freed",
    kind: "circular_buffer",
    op: null,
    call_site: null,
    program,
    occupied_bytes: MIB,
};
const rows = rowsWith(
    [
        place({ state: "freed", region: "dram", occupied_bytes: 2 * MIB }),
        place(ofProgram),
        place({ state: "unreported", op: null, call_site: null, devices: [0, 1] }),
    ],
    [
        { place: 0, id: 1, over: 4, from: 0, to: 1234 },
        { place: 1, id: 2, over: 6, from: 4, to: 2000 },
        { place: 1, id: 3, over: 6, from: 4, to: 2000 },
        { place: 2, id: 8, over: 9, from: 2000, to: 2000 },
    ],
);
const all = instantsOf(rows);
const kept = history({
    marks: [{ pid: 1, name: "step", at_ms: 1500, id: 5 }],
    windows: [
        { pid: 1, name: "decode", from_ms: 2000, to_ms: 3000, id: 7, over: 10 },
        { pid: 1, name: "open", from_ms: 2000, to_ms: null, id: 11, over: null },
    ],
});

const refused = [
    {
        pid: 1,
        id: 12,
        at_ms: 2500,
        kind: "buffer",
        region: "dram" as const,
        bytes: 3 * MIB,
        devices: [0],
        times: 1,
        call_site: null,
        mark: null,
    },
];

const text = (name: string) => {
    const at = atNamed(all, kept, refused, name)!;
    return instantText(rows, all, at.instant, at.named);
};

test("an address names an event, and what it did is said", () => {
    assert.equal(
        text("1-1"),
        "As of 0.000 s, just after ttnn.add at model.py:12 in forward allocated 2.0 MiB in DRAM " +
            "(change 1 of 7)",
    );
    assert.equal(
        text("1-12"),
        "As of 2.500 s, as a buffer of 3.0 MiB in DRAM was refused (after change 7 of 7)",
    );
    assert.equal(
        text("1-4"),
        "As of 1.234 s, just after 2.0 MiB in DRAM of ttnn.add at model.py:12 in forward was " +
            "freed (change 4 of 7)",
    );
    const did = (sequence: number) => eventText(rows, all, all.sequence.indexOf(sequence));
    assert.equal(did(2), "softmax allocated 1.0 MiB in L1 for a circular buffer");
    assert.equal(did(6), "2 allocations of 2.0 MiB were freed");
    assert.equal(did(8), "a place not known allocated 2048 B in L1 of 2 devices");
    assert.equal(did(9), "2048 B in L1 of 2 devices was gone");
});

test("marks and windows have moments too", () => {
    assert.equal(text("1-5"), 'As of 1.500 s, at the mark "step" (after change 4 of 7)');
    assert.equal(text("1-7"), 'As of 2.000 s, as the window "decode" began (after change 5 of 7)');
    assert.equal(text("1-10"), 'As of 3.000 s, as the window "decode" ended (after change 7 of 7)');
    assert.match(text("1-11"), /as the window "open" began/);
    const first = history({ marks: [{ pid: 1, name: "x", at_ms: 0, id: 0 }] });
    const at = atNamed(all, first, [], "1-0")!;
    assert.equal(
        instantText(rows, all, at.instant, at.named),
        'As of 0.000 s, at the mark "x" (before any change)',
    );
});

test("until a mark other processes went on, and what they did at its time is theirs", () => {
    const two = rowsWith(
        [place({ state: "freed" }), place({ state: "freed", pid: 2, op: "ttnn.other" })],
        [
            { place: 0, id: 1, over: 3, from: 0, to: 8 },
            { place: 1, id: 1, over: 3, from: 4, to: 8 },
        ],
    );
    const instants = instantsOf(two);
    const marked = history({ marks: [{ pid: 1, name: "x", at_ms: 4, id: 2 }] });
    assert.equal(atNamed(instants, marked, [], "1-2")!.instant, 1);
    assert.equal(atNamed(instants, history(), [], "1-2")!.instant, 0);
    assert.match(eventText(two, instants, 3), /^1024 B in L1 of ttnn.other at .* was freed$/);
});

test("what names nothing is none", () => {
    for (const name of ["", "1", "1-", "-1", "x-1", "2-1", "1-1-1", "1-1e3", "1-0x1"]) {
        assert.equal(atNamed(all, kept, [], name), null, name);
    }
});

test("steps go from change to change, from a mark too, and end at the end", () => {
    const at = (name: string) => atNamed(all, kept, [], name);
    assert.equal(nameOfInstant(all, 3), "1-4");
    assert.equal(stepFrom(all, at("1-4"), 1), "1-6");
    assert.equal(stepFrom(all, at("1-4"), -1), "1-3");
    assert.equal(stepFrom(all, at("1-5"), -1), "1-4", "the change before the mark");
    assert.equal(stepFrom(all, at("1-5"), 1), "1-6");
    assert.equal(stepFrom(all, at("1-9"), 1), "", "the end");
    assert.equal(stepFrom(all, null, -1), "1-9");
    assert.equal(stepFrom(all, null, 1), null);
    assert.equal(stepFrom(all, at("1-1"), -1), null);
});
