// The rows that were there at one instant.
import { numbersTo } from "./columns.ts";
import { instantsOf, type Instants } from "./instants.ts";
import { isPast, picked, placeOf, type Rows } from "./rows.ts";

// What all views show when nothing else is asked for: what was freed in the ordinary way is no news.
// `freed`: so many of those there are.
export function notFreed(rows: Rows, freed: number): Rows {
    if (!rows.places.some(isPast)) return rows;
    const order = numbersTo(rows.length);
    const others = order.filter((row) => !isPast(placeOf(rows, row)));
    return { ...picked(rows, others), count: rows.count - freed };
}

interface Lives {
    living: Rows; // the same rows, but all of them live
    born: Uint32Array; // by row: which change it was
    ended: Uint32Array; // NEVER: none
}

const NEVER = 0xffffffff;
const known = new WeakMap<Rows, Lives>();

function livesOf(rows: Rows): Lives {
    let lives = known.get(rows);
    if (lives) return lives;
    const { changes } = instantsOf(rows);
    const born = new Uint32Array(rows.length);
    const ended = new Uint32Array(rows.length).fill(NEVER);
    for (let at = 0; at < changes.length; ++at) {
        (changes.isEnd[at] ? ended : born)[changes.row[at]!] = at;
    }
    const places = rows.places.map((place) => ({ ...place, state: "live" }));
    known.set(rows, (lives = { living: { ...rows, places }, born, ended }));
    return lives;
}

// -1: before all changes.
export function rowsAt(rows: Rows, all: Instants, instant: number): Rows {
    const { living, born, ended } = livesOf(rows);
    const past = all.past[instant] ?? 0;
    const order = numbersTo(rows.length);
    const then = picked(
        living,
        order.filter((row) => born[row]! < past && ended[row]! >= past),
    );
    const nowMs = all.ms[instant] ?? 0;
    then.ageMs = then.madeMs.map((madeMs) => Math.max(0, nowMs - madeMs));
    return then;
}
