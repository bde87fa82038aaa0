// Windows beside each other: those that are open together lie in lanes of their own.
import type { WindowTime } from "./report.ts";

export interface Band {
    window: WindowTime;
    from: number; // places on an axis
    to: number; // of one that is open, the end of it
}

export interface Bands {
    lanes: Band[][];
    left_out: number; // for which there is no lane
}

export function bandsOf(all: readonly Band[], most: number): Bands {
    const bands: Bands = { lanes: [], left_out: 0 };
    for (const one of all.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
        const lane = bands.lanes.find((lane) => lane.at(-1)!.to <= one.from);
        if (lane) lane.push(one);
        else if (bands.lanes.length < most) bands.lanes.push([one]);
        else ++bands.left_out;
    }
    return bands;
}
