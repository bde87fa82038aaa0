// The words a person reads, as the text report has them (src/findings/words.cpp).
import type { Coverage, Region } from "./report.ts";

const UNITS = ["KiB", "MiB", "GiB", "TiB", "PiB"];

// "4096 B" as long as the exact number is short, then "10.1 MiB".
export function bytesText(bytes: number): string {
    if (bytes < 10000) return `${bytes} B`;
    let value = bytes / 1024;
    let unit = 0;
    while (value >= 1023.95 && unit + 1 < UNITS.length) {
        value /= 1024;
        ++unit;
    }
    return `${value.toFixed(1)} ${UNITS[unit]}`;
}

export const UNKNOWN = "–";

// A number that says how far it reaches; a dash when it is not known.
export function figureText(bytes: number | null | undefined, coverage: Coverage = "exact"): string {
    if (bytes === null || bytes === undefined || coverage === "unknown") return UNKNOWN;
    return (coverage === "at_least" ? "≥ " : "") + bytesText(bytes);
}

// A core's L1 is about a MiB: its figures compare better in KiB.
export function perCoreText(
    bytes: number | null | undefined,
    coverage: Coverage = "exact",
): string {
    const inKiB = typeof bytes === "number" && bytes >= 10000 && bytes < 10 * 1024 * 1024;
    if (!inKiB || coverage === "unknown") return figureText(bytes, coverage);
    return `${coverage === "at_least" ? "≥ " : ""}${(bytes / 1024).toFixed(1)} KiB`;
}

export function shareText(part: number | null | undefined, of: number | null | undefined): string {
    const share = shareOf(part, of);
    if (share === null) return UNKNOWN;
    if (share > 0 && share < 0.01) return "<1 %";
    return `${Math.round(share * 100)} %`;
}

// null: not known.
export function shareOf(part: number | null | undefined, of: number | null | undefined) {
    if (typeof part !== "number" || typeof of !== "number" || of <= 0) return null;
    return part / of;
}

export function plural(noun: string): string {
    if (noun.endsWith("s")) return `${noun}es`;
    return noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

export const counted = (count: number, noun: string) =>
    `${count} ${count === 1 ? noun : plural(noun)}`;

export const nounOf = (kind: string) =>
    kind === "unknown" ? "unknown allocation" : kind.replaceAll("_", " ");

const REGIONS: Record<Region, string> = {
    dram: "DRAM",
    l1: "L1",
    l1_small: "L1_SMALL",
    trace: "trace",
    system: "system",
};
export const regionTitle = (region: Region) => REGIONS[region] ?? region;

// In L1 a bank is a core's.
export const bankWord = (region: Region) => (region.startsWith("l1") ? "core" : "bank");

// "0", "0..7", "0, 2, 5..7".
export function numbersText(ascending: readonly number[]): string {
    const parts: string[] = [];
    for (let i = 0; i < ascending.length;) {
        let last = i;
        while (ascending[last + 1] === ascending[last]! + 1) ++last;
        if (last > i + 1) parts.push(`${ascending[i]}..${ascending[last]}`);
        else for (let j = i; j <= last; ++j) parts.push(String(ascending[j]));
        i = last + 1;
    }
    return parts.join(", ");
}

export const chipsText = (chips: readonly number[]) =>
    chips.length === 0
        ? "a device not known"
        : `device${chips.length > 1 ? "s" : ""} ${numbersText(chips)}`;

const STATES: Record<string, string> = {
    live: "live",
    held: "held at its process's end",
    unreported: "ended with its program, never reported freed",
    reported_late: "reported freed after the device closed",
    outlived_device: "outlived its device",
    left_at_exit: "left at exit",
    held_by_device: "kept by the program cache",
    freed: "freed",
    over: "over, freed or otherwise",
};
export const stateText = (state: string) => STATES[state] ?? state;

// With commas: "2,301".
export const groupedText = (count: number) => count.toLocaleString("en-US");

// Exact, of one moment: "1.234 s".
export const momentText = (ms: number) => `${(ms / 1000).toFixed(3)} s`;

export const programName = (program: { id: number | null; label: string | null }) =>
    program.label ?? (program.id === null ? "a program without a name" : `program ${program.id}`);

// "12.3 s", "450 ms".
export const timeText = (ms: number) =>
    ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

// C0, DEL and C1; zero-width and direction marks; line separators; byte order mark; tags.
const UNPRINTABLE =
    /[\0-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/gu;

// Names of a watched process are any text: what reorders or hides others becomes "?", as it does in
// the text report (src/view/text.cpp).
export const printable = (text: string) => text.replace(UNPRINTABLE, "?");
