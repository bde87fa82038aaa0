// What happened to the rows, in one order: each was made by an event, and most were ended by one. The
// events of a process are numbered; those of several processes have only a coarse clock in common.
import { isHeld, placeOf, type Rows } from "./rows.ts";

export interface Changes {
    length: number;
    row: Uint32Array;
    isEnd: Uint8Array;
    ms: Float64Array; // never falls
    sequence: Float64Array; // of its process; UNNUMBERED: it is not known which event it was
}

export const UNNUMBERED = Infinity;

// All changes of one event make one instant: the one just after it.
export interface Instants {
    changes: Changes;
    length: number;
    pid: Float64Array;
    sequence: Float64Array;
    ms: Float64Array;
    past: Uint32Array; // so many changes are over then
    ofPid: Map<number, number[]>; // which of them are of this process, in order
}

const known = new WeakMap<Rows, Instants>();

export function instantsOf(rows: Rows): Instants {
    let all = known.get(rows);
    if (!all) known.set(rows, (all = grouped(rows, changesOf(rows))));
    return all;
}

function changesOf(rows: Rows): Changes {
    const isOver = rows.places.map((place) => !isHeld(place));
    const ended = Array.from(rows.id.keys()).filter(
        (row) => isOver[rows.place[row]!] || rows.over[row]! > 0,
    );
    const births = rows.length;
    const row = Uint32Array.from([...rows.id.keys(), ...ended]);
    const pid = Float64Array.from(row, (one) => placeOf(rows, one).pid);
    const ms = Float64Array.from(row, (one) => rows.madeMs[one]!);
    const sequence = Float64Array.from(row, (one) => rows.id[one]!);
    for (let at = births; at < row.length; ++at) {
        ms[at]! += rows.ageMs[row[at]!]!;
        sequence[at] = rows.over[row[at]!]! || UNNUMBERED;
    }
    // What an event ends goes before what it makes: they were never there together.
    const inProcess = (a: number, b: number) =>
        sequence[a]! - sequence[b]! || Number(a < births) - Number(b < births) || a - b;
    const order = Array.from(row.keys()); // unlike a typed array it is sorted run by run
    order.sort((a, b) => pid[a]! - pid[b]! || inProcess(a, b));
    neverFalling(order, { row, pid, ms, sequence });
    order.sort((a, b) => ms[a]! - ms[b]! || pid[a]! - pid[b]! || inProcess(a, b));
    return {
        length: order.length,
        row: Uint32Array.from(order, (at) => row[at]!),
        isEnd: Uint8Array.from(order, (at) => Number(at >= births)),
        ms: Float64Array.from(order, (at) => ms[at]!),
        sequence: Float64Array.from(order, (at) => sequence[at]!),
    };
}

// The clock may say less of a later event; all changes of one event are at one time. `order` has each
// process's changes together, those without a number last, and the births of rows stand at their row.
function neverFalling(
    order: readonly number[],
    {
        row,
        pid,
        ms,
        sequence,
    }: Record<"pid" | "ms" | "sequence", Float64Array> & { row: Uint32Array },
): void {
    for (let from = 0, to = 0; from < order.length; from = to) {
        const first = order[from]!;
        const before = order[from - 1];
        let highest = before !== undefined && pid[before] === pid[first] ? ms[before]! : 0;
        const isOne = (at: number) => pid[at] === pid[first] && sequence[at] === sequence[first];
        if (sequence[first] === UNNUMBERED) {
            ms[first] = Math.max(ms[first]!, ms[row[first]!]!); // not before its own birth
            to = from + 1;
            continue;
        }
        for (; to < order.length && isOne(order[to]!); ++to) {
            highest = Math.max(highest, ms[order[to]!]!);
        }
        for (let at = from; at < to; ++at) ms[order[at]!] = highest;
    }
}

// A change without a number makes no instant of its own: it is over by the next one.
function grouped(rows: Rows, changes: Changes): Instants {
    const ofChange = (at: number) => placeOf(rows, changes.row[at]!).pid;
    const last: number[] = [];
    for (let at = 0; at < changes.length; ++at) {
        if (changes.sequence[at] === UNNUMBERED) continue;
        const goesOn =
            changes.sequence[at] === changes.sequence[at + 1] && ofChange(at) === ofChange(at + 1);
        if (!goesOn) last.push(at);
    }
    const ofPid = new Map<number, number[]>();
    for (const [instant, at] of last.entries()) {
        const pid = ofChange(at);
        const those = ofPid.get(pid);
        if (those) those.push(instant);
        else ofPid.set(pid, [instant]);
    }
    return {
        changes,
        length: last.length,
        pid: Float64Array.from(last, ofChange),
        sequence: Float64Array.from(last, (at) => changes.sequence[at]!),
        ms: Float64Array.from(last, (at) => changes.ms[at]!),
        past: Uint32Array.from(last, (at) => at + 1),
        ofPid,
    };
}

// How many of these, which rise, are at most so much.
export function upTo(rising: ArrayLike<number>, most: number): number {
    let [from, to] = [0, rising.length];
    while (from < to) {
        const middle = (from + to) >> 1;
        if (rising[middle]! <= most) from = middle + 1;
        else to = middle;
    }
    return from;
}

// The instant that is just after this event, which may have changed nothing: a mark does not. `atMs`:
// when it was, if that is known; until then other processes went on. -1: before all changes.
export function instantAt(all: Instants, pid: number, sequence: number, atMs = -1): number {
    const own = all.ofPid.get(pid) ?? [];
    const past = upTo(
        own.map((one) => all.sequence[one]!),
        sequence,
    );
    const next = own[past] ?? all.length;
    const reached = Math.min(next, upTo(all.ms, atMs)) - 1;
    return Math.max(own[past - 1] ?? -1, reached);
}

// The one that is just after it.
export const instantOfChange = (all: Instants, change: number): number => upTo(all.past, change);
