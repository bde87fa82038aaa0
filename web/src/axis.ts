// What stands from left to right on a timeline: the changes, one after the other, each as wide as the
// next, or time. The clock is coarse, and thousands of changes may be within one tick of it.
import { upTo } from "./columns.ts";
import { instantAt, type Instants } from "./instants.ts";
import { pickAt, type Level } from "./levels.ts";
import { timeText } from "./words.ts";

export type Along = "changes" | "time";

export interface Axis {
    along: Along;
    last: number; // the place at the right edge; the left one is 0
    ofEvent(pid: number, id: number, ms: number): number;
    ofInstant(instant: number): number; // -1: before all changes
    ofLevel(level: Level): ArrayLike<number>; // of each of its changes
    pick(level: Level, place: number): number; // the instant that a reader means there
    text(place: number): string;
}

const MARGIN = 1.01; // so that what came last, as a refusal may, is not at the very edge

export function axisAlong(along: Along, all: Instants, lastMs: number): Axis {
    const last = Math.max(1, MARGIN * (along === "time" ? lastMs : all.changes.length));
    return along === "time" ? timeAxis(all, last) : changeAxis(all, last);
}

function timeAxis(all: Instants, last: number): Axis {
    return {
        along: "time",
        last,
        ofEvent: (_pid, _id, ms) => ms,
        ofInstant: (instant) => all.ms[instant] ?? 0,
        ofLevel: (level) => level.ms,
        pick: (level, ms) => pickAt(all, level, ms),
        text: timeText,
    };
}

function changeAxis(all: Instants, last: number): Axis {
    const ofInstant = (instant: number) => all.past[instant] ?? 0;
    return {
        along: "changes",
        last,
        ofEvent: (pid, id, ms) => ofInstant(instantAt(all, pid, id, ms)),
        ofInstant,
        ofLevel: (level) => Float64Array.from(level.change).map((change) => change + 1),
        pick: (_level, place) => Math.max(0, upTo(all.past, place) - 1),
        text: (place) => (place === 0 ? "change 0" : String(place)),
    };
}
