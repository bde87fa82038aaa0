// How much was there after each change.
import { gathered, upTo } from "./columns.ts";
import { instantsOf, type Instants } from "./instants.ts";
import { isOfProgram } from "./memory_map.ts";
import type { Device, Place, Region } from "./report.ts";
import { allBytes, type Rows } from "./rows.ts";
import type { Step } from "./story.ts";
import { regionTitle } from "./words.ts";

// L1 is told apart: what programs have there shares its space, and a sum of both would mean nothing.
export type Part = "all" | "buffers" | "programs";

export interface Of {
    region: Region;
    part: Part;
    chip: number | null; // null: on all of them
}

export interface Level {
    change: Uint32Array; // those that change it
    ms: Float64Array;
    bytes: Float64Array; // from then on
    highest: number; // the first of these that is; -1: there are none
}

export const partsOf = (region: Region): Part[] =>
    region === "l1" ? ["buffers", "programs"] : ["all"];

export const levelTitle = ({ region, part }: Of): string =>
    part === "all" ? regionTitle(region) : `${regionTitle(region)}, ${PARTS[part]}`;

const PARTS = { buffers: "buffers", programs: "programs' buffers" };

export const isIn = (place: Place, { region, part, chip }: Of): boolean =>
    place.region === region &&
    (part === "all" || isOfProgram(place) === (part === "programs")) &&
    (chip === null || place.devices.includes(chip));

export const bytesIn = (place: Place, of: Of): number =>
    of.chip === null ? allBytes(place) : place.occupied_bytes;

const known = new WeakMap<Rows, Map<string, Level>>();

export function levelOf(rows: Rows, of: Of): Level {
    const kept = known.get(rows) ?? new Map<string, Level>();
    known.set(rows, kept);
    const key = JSON.stringify(of);
    let level = kept.get(key);
    if (!level) kept.set(key, (level = added(rows, of)));
    return level;
}

function added(rows: Rows, of: Of): Level {
    const { changes } = instantsOf(rows);
    const bytes = rows.places.map((place) => (isIn(place, of) ? bytesIn(place, of) : 0));
    const change = new Uint32Array(changes.length);
    const after = new Float64Array(changes.length);
    let [sum, count, highest] = [0, 0, -1];
    for (let at = 0; at < changes.length; ++at) {
        const size = bytes[rows.place[changes.row[at]!]!]!;
        if (size === 0) continue;
        sum += changes.isEnd[at] ? -size : size;
        if (highest < 0 || sum > after[highest]!) highest = count;
        change[count] = at;
        after[count++] = sum;
    }
    return {
        change: change.slice(0, count),
        ms: gathered(changes.ms, change.subarray(0, count)),
        bytes: after.slice(0, count),
        highest,
    };
}

// After so many changes of all.
export const bytesAfter = (level: Level, past: number): number =>
    level.bytes[upTo(level.change, past - 1) - 1] ?? 0;

// The instant to show of a moment: the last that is not after it, and of those that the clock does not
// tell apart the one with the most.
export function pickAt(all: Instants, level: Level, ms: number): number {
    const last = Math.max(0, upTo(all.ms, ms) - 1);
    const bytes = (instant: number) => bytesAfter(level, all.past[instant]!);
    let best = last;
    for (let one = last - 1; one >= 0 && all.ms[one] === all.ms[last]; --one) {
        if (bytes(one) > bytes(best)) best = one;
    }
    return best;
}

// What the report itself says was the most, where that is another figure than the curve's highest.
export function peakOf(device: Device, { region, part }: Of): number | null {
    if (part === "buffers") return device.l1_buffers.peak;
    if (part === "programs") return device.circular_buffers.registered.peak;
    return device.peak[region] ?? null;
}

// What `columns` columns can show: of each its highest, its lowest and its last. `places`: where each
// change stands, from 0 to `last`.
export function drawn(
    level: Level,
    places: ArrayLike<number>,
    last: number,
    columns: number,
): Step[] {
    const steps: Step[] = [];
    const columnOf = (at: number) => Math.floor((columns * places[at]!) / last);
    for (let from = 0, to = 0; from < level.bytes.length; from = to) {
        let [high, low] = [from, from];
        for (; to < level.bytes.length && columnOf(to) === columnOf(from); ++to) {
            if (level.bytes[to]! > level.bytes[high]!) high = to;
            if (level.bytes[to]! < level.bytes[low]!) low = to;
        }
        for (const at of [...new Set([from, high, low, to - 1])].sort((a, b) => a - b)) {
            steps.push({ at: places[at]!, bytes: level.bytes[at]! });
        }
    }
    return steps;
}
