// Windows beside each other: those that are open together lie in lanes of their own.
import type { WindowTime } from "./report.ts";

export interface Bands {
    lanes: WindowTime[][];
    left_out: number; // for which there is no lane
}

export function bandsOf(windows: readonly WindowTime[], most: number): Bands {
    const bands: Bands = { lanes: [], left_out: 0 };
    for (const one of windows.toSorted((a, b) => a.from_ms - b.from_ms)) {
        const isFree = (lane: WindowTime[]) => {
            const { to_ms } = lane.at(-1)!;
            return to_ms !== null && to_ms <= one.from_ms;
        };
        const lane = bands.lanes.find(isFree);
        if (lane) lane.push(one);
        else if (bands.lanes.length < most) bands.lanes.push([one]);
        else ++bands.left_out;
    }
    return bands;
}
