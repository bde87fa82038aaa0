// What happened to the rows, in one order: each was made by an event, and most were ended by one. The
// events of a process are numbered; those of several processes have only a coarse clock in common.
import { gathered, numbersTo, sortedBy, upTo } from "./columns.ts";
import { isHeld, type Rows } from "./rows.ts";

export interface Changes {
    length: number;
    row: Uint32Array;
    isEnd: Uint8Array;
    pid: Float64Array;
    ms: Float64Array; // never falls
    sequence: Float64Array; // of its process; UNNUMBERED: it is not known which event it was
}

export const UNNUMBERED = Infinity;

export interface Own {
    instants: number[];
    sequences: number[];
}

// All changes of one event make one instant: the one just after it.
export interface Instants {
    changes: Changes;
    length: number;
    pid: Float64Array;
    sequence: Float64Array;
    ms: Float64Array;
    past: Uint32Array; // so many changes are over then
    ofPid: Map<number, Own>; // those of each process, in order
}

const known = new WeakMap<Rows, Instants>();

export function instantsOf(rows: Rows): Instants {
    let all = known.get(rows);
    if (!all) known.set(rows, (all = grouped(changesOf(rows))));
    return all;
}

function changesOf(rows: Rows): Changes {
    const isOver = rows.places.map((place) => !isHeld(place));
    const born = numbersTo(rows.length);
    const ended = born.filter((row) => isOver[rows.place[row]!] || rows.over[row]! > 0);
    // What an event ends goes before what it makes: they were never there together.
    const row = new Uint32Array(ended.length + born.length);
    row.set(ended);
    row.set(born, ended.length);
    const pids = rows.places.map((place) => place.pid);
    const pid = gathered(
        pids,
        row.map((one) => rows.place[one]!),
    );
    const ms = gathered(rows.madeMs, row);
    const sequence = gathered(rows.id, row);
    for (let at = 0; at < ended.length; ++at) {
        ms[at]! += rows.ageMs[row[at]!]!;
        sequence[at] = rows.over[row[at]!]! || UNNUMBERED;
    }
    const ofProcesses = sortedBy(sortedBy(numbersTo(row.length), sequence), pid);
    neverFalling(ofProcesses, { pid, ms, sequence });
    for (let at = 0; at < ended.length; ++at) {
        if (sequence[at] !== UNNUMBERED) continue;
        ms[at] = Math.max(ms[at]!, ms[ended.length + row[at]!]!); // not before its own birth
    }
    const order = sortedBy(ofProcesses, ms);
    return {
        length: order.length,
        row: order.map((at) => row[at]!),
        isEnd: Uint8Array.from(order.map((at) => Number(at < ended.length))),
        pid: gathered(pid, order),
        ms: gathered(ms, order),
        sequence: gathered(sequence, order),
    };
}

const isSameEvent = ({ pid, sequence }: Pick<Changes, "pid" | "sequence">, a: number, b: number) =>
    pid[a] === pid[b] && sequence[a] === sequence[b];

// The clock may say less of a later event, and not the same of all that one event changed. `order`:
// process by process.
function neverFalling(order: Uint32Array, of: Pick<Changes, "pid" | "ms" | "sequence">): void {
    let highest = 0;
    for (let from = 0, to = 0; from < order.length; from = to) {
        const first = order[from]!;
        if (from > 0 && of.pid[first] !== of.pid[order[from - 1]!]) highest = 0;
        for (to = from; to < order.length && isSameEvent(of, first, order[to]!); ++to) {
            if (of.sequence[first] !== UNNUMBERED) highest = Math.max(highest, of.ms[order[to]!]!);
        }
        if (of.sequence[first] === UNNUMBERED) continue;
        for (let at = from; at < to; ++at) of.ms[order[at]!] = highest;
    }
}

// A change without a number makes no instant of its own: it is over by the next one.
function grouped(changes: Changes): Instants {
    const last = numbersTo(changes.length).filter(
        (at) => changes.sequence[at] !== UNNUMBERED && !isSameEvent(changes, at, at + 1),
    );
    const ofPid = new Map<number, Own>();
    for (const [instant, at] of last.entries()) {
        const pid = changes.pid[at]!;
        const own = ofPid.get(pid) ?? { instants: [], sequences: [] };
        ofPid.set(pid, own);
        own.instants.push(instant);
        own.sequences.push(changes.sequence[at]!);
    }
    return {
        changes,
        length: last.length,
        pid: gathered(changes.pid, last),
        sequence: gathered(changes.sequence, last),
        ms: gathered(changes.ms, last),
        past: last.map((at) => at + 1),
        ofPid,
    };
}

// The instant that is just after this event, which may have changed nothing: a mark does not. `atMs`:
// when it was, if that is known; until then other processes went on. -1: before all changes.
export function instantAt(all: Instants, pid: number, sequence: number, atMs = -1): number {
    const { instants, sequences } = all.ofPid.get(pid) ?? { instants: [], sequences: [] };
    const past = upTo(sequences, sequence);
    const next = instants[past] ?? all.length;
    const reached = Math.min(next, upTo(all.ms, atMs)) - 1;
    return Math.max(instants[past - 1] ?? -1, reached);
}

// The one that is just after it.
export const instantOfChange = (all: Instants, change: number): number => upTo(all.past, change);
