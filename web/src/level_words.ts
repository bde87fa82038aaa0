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

export interface LevelText {
    most: string;
    when: string;
}

// `capacity`: of all that the curve is of; null: not known.
export function levelText(
    rows: Rows,
    level: Level,
    title: string,
    atLeast: boolean,
    capacity: number | null,
): LevelText {
    const all = instantsOf(rows);
    const { highest } = level;
    if (highest < 0) return { most: `${title}:`, when: "nothing of it is listed" };
    const made = eventText(rows, all, instantOfChange(all, level.change[highest]!));
    const of = capacity === null ? "" : ` of ${bytesText(capacity)}`;
    const most = `${atLeast ? "at least " : ""}${bytesText(level.bytes[highest]!)}${of}`;
    return {
        most: `${title}: up to ${most}`,
        when:
            `at ${momentText(level.ms[highest]!)}, just after ${made}; ` +
            `${bytesText(level.bytes.at(-1)!)} at the end`,
    };
}

export const titleOf = (of: Of) =>
    levelTitle(of) + (of.chip === null ? "" : ` of device ${of.chip}`);
