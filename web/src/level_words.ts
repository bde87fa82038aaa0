// What a curve tells, for whoever cannot see it.
import { eventText } from "./event_words.ts";
import { instantOfChange, instantsOf } from "./instants.ts";
import { levelTitle, peakOf, type Level, type Of } from "./levels.ts";
import type { Device, History } from "./report.ts";
import type { Rows } from "./rows.ts";
import { bytesText, momentText } from "./words.ts";

// Whether it may have been higher: events were lost, rows are missing, or the report itself, which
// counts all of them, says so. `device`: the one that the curve is of.
export function isAtLeast(history: History, level: Level, of: Of, device: Device | null): boolean {
    const peak = device && peakOf(device, of);
    const highest = level.bytes[level.highest] ?? 0;
    return !history.is_exact || history.missing > 0 || (peak !== null && peak !== highest);
}

export function levelText(rows: Rows, level: Level, title: string, atLeast: boolean): string {
    const all = instantsOf(rows);
    const { highest } = level;
    const end = `${bytesText(level.bytes.at(-1) ?? 0)} at the end`;
    if (highest < 0) return `${title}: nothing of it is listed`;
    const instant = instantOfChange(all, level.change[highest]!);
    return (
        `${title}: up to ${atLeast ? "at least " : ""}${bytesText(level.bytes[highest]!)} ` +
        `at ${momentText(level.ms[highest]!)}, just after ${eventText(rows, all, instant)}; ${end}`
    );
}

export const titleOf = (of: Of) =>
    levelTitle(of) + (of.chip === null ? "" : ` of device ${of.chip}`);
