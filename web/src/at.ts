// The moment that an address of the page names, as "PID-SEQUENCE": just after that event.
import { namedAt, type Named } from "./event_words.ts";
import { instantAt, type Instants } from "./instants.ts";
import type { History, Refusal } from "./report.ts";

export interface At {
    pid: number;
    sequence: number;
    instant: number; // the last that is over then; -1: before all changes
    named: Named | null; // what this event is, when it changes nothing itself
}

export const nameOfInstant = (all: Instants, instant: number): string =>
    `${all.pid[instant]}-${all.sequence[instant]}`;

// null: it names none.
export function atNamed(
    all: Instants,
    history: History,
    refusals: readonly Refusal[],
    name: string,
): At | null {
    const numbers = /^(\d{1,15})-(\d{1,15})$/.exec(name);
    if (!numbers) return null;
    const [pid, sequence] = [Number(numbers[1]), Number(numbers[2])];
    const named = namedAt(history, refusals, pid, sequence);
    if (!named && !all.ofPid.has(pid)) return null;
    return { pid, sequence, instant: instantAt(all, pid, sequence, named?.atMs), named };
}

// Where the next change leads, or the one before; "": to the end of the run. null: there is none.
export function stepFrom(all: Instants, at: At | null, by: 1 | -1): string | null {
    const here = at === null ? all.length : at.instant;
    // Of a mark, the change before it is the last that is over.
    const to = by === -1 && at?.named ? here : here + by;
    if (to < 0 || to > all.length) return null;
    return to === all.length ? "" : nameOfInstant(all, to);
}
