// Two instants compared: what was held then, and what is held now, by who made it.
import { isHeld, placeOf, type Rows } from "./rows.ts";
import { itemsOfRows } from "./tree.ts";

export interface Sum {
    bytes: number; // on all chips
    count: number;
}

export interface Change {
    path: string[]; // owner, program, op, line
    then: Sum;
    now: Sum;
}

const heldRows = (rows: Rows) =>
    Uint32Array.from({ length: rows.length }, (_, row) => row).filter((row) =>
        isHeld(placeOf(rows, row)),
    );

// The largest change first; what holds as much in as many allocations is left out.
export function changesOf(then: Rows, now: Rows): Change[] {
    const all = new Map<string, Change>();
    const add = (rows: Rows, of: "then" | "now") => {
        for (const { path, bytes, count } of itemsOfRows(rows, heldRows(rows))) {
            const key = JSON.stringify(path);
            const nothing = () => ({ bytes: 0, count: 0 });
            const change = all.get(key) ?? { path, then: nothing(), now: nothing() };
            all.set(key, change);
            change[of].bytes += bytes;
            change[of].count += count;
        }
    };
    add(then, "then");
    add(now, "now");
    const size = (one: Change) => Math.abs(one.now.bytes - one.then.bytes);
    return [...all.values()]
        .filter((one) => size(one) > 0 || one.now.count !== one.then.count)
        .sort((a, b) => size(b) - size(a));
}
