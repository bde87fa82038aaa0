// What an event did, in words.
import type { Instants } from "./instants.ts";
import { placeOf, allBytes, type Rows } from "./rows.ts";
import type { History, Place, Refusal } from "./report.ts";
import { bytesText, counted, groupedText, momentText, nounOf, regionTitle } from "./words.ts";

// Which op or line asked for it; null: not known.
function askedBy(place: Place): string | null {
    const op = place.op ?? place.program?.op;
    const line = place.call_site ?? place.program?.call_site;
    return op && line ? `${op} at ${line}` : (line ?? op ?? place.program?.label ?? null);
}

// In all, which is more than one chip's part.
function sizeText(place: Place): string {
    const chips = place.devices.length > 1 ? ` of ${place.devices.length} devices` : "";
    return `${bytesText(allBytes(place))} in ${regionTitle(place.region)}${chips}`;
}

function madeText(place: Place): string {
    const what = place.kind === "buffer" ? "" : ` for a ${nounOf(place.kind)}`;
    return `${askedBy(place) ?? "a place not known"} allocated ${sizeText(place)}${what}`;
}

// What was asked for, and refused.
export function askedText({ kind, bytes, region }: Refusal): string {
    const size = bytes === null ? "" : ` of ${bytesText(bytes)}`;
    return `${nounOf(kind)}${size} in ${regionTitle(region)}`;
}

// "just after ..."
export function eventText(rows: Rows, all: Instants, instant: number): string {
    const ended: Place[] = [];
    let made: Place | null = null;
    for (let at = all.past[instant]! - 1; at >= 0; --at) {
        const { row, isEnd, sequence } = all.changes;
        const place = placeOf(rows, row[at]!);
        if (sequence[at] !== all.sequence[instant] || place.pid !== all.pid[instant]) break;
        if (isEnd[at]) ended.push(place);
        else made = place;
    }
    if (made) return madeText(made);
    const how = ended.every((place) => place.state === "freed") ? "freed" : "gone";
    if (ended.length === 1) {
        const who = askedBy(ended[0]!);
        return `${sizeText(ended[0]!)}${who ? ` of ${who}` : ""} was ${how}`;
    }
    const bytes = ended.reduce((sum, place) => sum + allBytes(place), 0);
    return `${counted(ended.length, "allocation")} of ${bytesText(bytes)} were ${how}`;
}

// What bears this number and is no change: a mark, where a window begins or ends, or a refusal.
export interface Named {
    text: string;
    atMs: number;
}

export function namedAt(
    history: History,
    refusals: readonly Refusal[],
    pid: number,
    sequence: number,
): Named | null {
    const is = (one: { pid: number }, id: number | null) => one.pid === pid && id === sequence;
    for (const mark of history.marks) {
        if (is(mark, mark.id)) return { text: `at the mark "${mark.name}"`, atMs: mark.at_ms };
    }
    for (const { name, from_ms, to_ms, ...window } of history.windows) {
        if (is(window, window.id)) return { text: `as the window "${name}" began`, atMs: from_ms };
        if (is(window, window.over))
            return { text: `as the window "${name}" ended`, atMs: to_ms ?? from_ms };
    }
    for (const one of refusals) {
        if (is(one, one.id)) return { text: `as a ${askedText(one)} was refused`, atMs: one.at_ms };
    }
    return null;
}

// "As of 1.234 s, just after ... (change 17 of 2,301)"
export function instantText(
    rows: Rows,
    all: Instants,
    instant: number,
    named: Named | null,
): string {
    const count = `change ${groupedText(instant + 1)} of ${groupedText(all.length)}`;
    const atMs = named?.atMs ?? all.ms[instant] ?? 0;
    if (named) {
        const after = instant < 0 ? "before any change" : `after ${count}`;
        return `As of ${momentText(atMs)}, ${named.text} (${after})`;
    }
    if (instant < 0) return `Before any of ${counted(all.length, "change")}`;
    return `As of ${momentText(atMs)}, just after ${eventText(rows, all, instant)} (${count})`;
}
