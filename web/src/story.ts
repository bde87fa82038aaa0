// What is listed, over time. A report keeps no other times: what was freed in the ordinary way is
// counted and not listed, and of a peak or a window it is known how high it was, not when.
import type { Region } from "./report.ts";
import { allBytes, isHeld, placeOf, type Rows } from "./rows.ts";

export interface Step {
    at: number; // a time after the first moment that is known of, or another place on an axis
    bytes: number; // listed ones that were there from then on
}

// At most `most` steps, of which the last is what is held at the end.
export function stepsOf(rows: Rows, region: Region, most: number): Step[] {
    const changes: { atMs: number; bytes: number }[] = [];
    for (let row = 0; row < rows.length; ++row) {
        const place = placeOf(rows, row);
        if (place.region !== region) continue;
        const bytes = allBytes(place);
        const atMs = rows.madeMs[row]!;
        changes.push({ atMs, bytes });
        if (!isHeld(place)) changes.push({ atMs: atMs + rows.ageMs[row]!, bytes: -bytes });
    }
    // What ended and began within one tick of the clock may have been there together.
    changes.sort((a, b) => a.atMs - b.atMs || b.bytes - a.bytes);
    const steps: Step[] = [];
    let bytes = 0;
    const stride = Math.max(1, Math.ceil(changes.length / most));
    for (const [at, change] of changes.entries()) {
        bytes += change.bytes;
        if (at % stride === 0 || at + 1 === changes.length) steps.push({ at: change.atMs, bytes });
    }
    return steps;
}

// The last moment that is known of anything listed.
export function lastMs(rows: Rows): number {
    let last = 0;
    for (let row = 0; row < rows.length; ++row)
        last = Math.max(last, rows.madeMs[row]! + rows.ageMs[row]!);
    return last;
}

// A path of steps, which stand from 0 to `last`, for an SVG of this width and height.
export function stepPath(
    steps: readonly Step[],
    last: number,
    mostBytes: number,
    width: number,
    height: number,
): string {
    if (steps.length === 0) return "";
    let path = `M0,${round(height)}`;
    for (const { at, bytes } of steps) {
        path += `H${round((width * at) / last)}V${round(height * (1 - bytes / mostBytes))}`;
    }
    return `${path}H${round(width)}`;
}

const round = (value: number) => Math.round(value * 10) / 10;

// Steps of a ruler from 0 to `most`, at most `count` of them: 1, 2 or 5 times a power of ten.
export function ticksTo(most: number, count: number): number[] {
    if (!(most > 0)) return [];
    const rough = most / count;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough)!;
    return Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step);
}
