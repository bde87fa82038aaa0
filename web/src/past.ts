// What was live each time the page was told, for as long as it is open: never more than so many
// moments. When they are full, every second one goes, and from then on half as many are kept.
import { regionsOf } from "./machine.ts";
import type { Region, Report } from "./report.ts";

export interface Moment {
    atMs: number; // of the clock on the wall
    live: Partial<Record<Region, number>>; // on all devices
}

export interface Past {
    moments: readonly Moment[];
    betweenMs: number; // that are kept
}

export const NO_PAST: Past = { moments: [], betweenMs: 0 };
export const MOST_MOMENTS = 1200;

export function momentOf(report: Report, atMs: number): Moment {
    const live: Partial<Record<Region, number>> = {};
    for (const region of regionsOf(report.devices)) {
        live[region] = report.devices.reduce((sum, one) => sum + (one.live[region] ?? 0), 0);
    }
    return { atMs, live };
}

// The newest moment always stands at the end, even when it comes too soon after the one before.
export function longer(past: Past, moment: Moment, most = MOST_MOMENTS): Past {
    const { moments, betweenMs } = past;
    const isSoon = moments.length > 1 && moment.atMs - moments.at(-2)!.atMs < betweenMs;
    const kept = isSoon ? moments.slice(0, -1) : moments;
    if (kept.length < most) return { moments: [...kept, moment], betweenMs };
    const spanMs = moment.atMs - kept[0]!.atMs;
    const half = kept.filter((_, at) => at % 2 === 0);
    return { moments: [...half, moment], betweenMs: (2 * spanMs) / most };
}
