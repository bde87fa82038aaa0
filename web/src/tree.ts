// Whose the bytes are: owner, program, op, line, each level split by the next.
import { hierarchy, partition } from "d3-hierarchy";
import type { Place, Share } from "./report.ts";
import { allBytes, type Rows } from "./rows.ts";
import { programName } from "./words.ts";

export const LEVELS = ["owner", "program", "op", "line"] as const;

export interface Item {
    path: string[]; // one name for each of LEVELS
    bytes: number;
    count: number;
}

export interface Cell {
    path: string[]; // from the top down to this one
    name: string;
    bytes: number;
    count: number;
    begin: number; // of 1, the whole width
    end: number;
    depth: number; // 0: the first of LEVELS
}

export const pathOf = (of: {
    owner: string;
    program: string | null;
    op: string | null;
    call_site: string | null;
}): string[] => [
    of.owner === "unknown" ? "owner not known" : of.owner,
    of.program ?? (of.owner === "program" ? "a program without a name" : "no program"),
    of.op ?? "op not known",
    of.call_site ?? "line not known",
];

const paths = new WeakMap<Place, string[]>();
export function pathOfPlace(place: Place): string[] {
    let path = paths.get(place);
    if (!path) {
        const program = place.program;
        path = pathOf({
            owner: place.owner,
            program: program && programName(program),
            op: place.op ?? program?.op ?? null,
            call_site: place.call_site ?? program?.call_site ?? null,
        });
        paths.set(place, path);
    }
    return path;
}

export function itemsOfRows(rows: Rows, chosen: Uint32Array): Item[] {
    const counts = new Uint32Array(rows.places.length);
    for (const row of chosen) ++counts[rows.place[row]!]!;
    return rows.places.flatMap((place, at) => {
        const count = counts[at]!;
        return count === 0
            ? []
            : [{ path: pathOfPlace(place), bytes: allBytes(place) * count, count }];
    });
}

export const itemsOfShares = (shares: readonly Share[]): Item[] =>
    shares.map((share) => ({ path: pathOf(share), bytes: share.bytes, count: share.count }));

interface Node {
    name: string;
    bytes: number; // of its own
    count: number; // with all below
    children: Map<string, Node>;
}

const node = (name: string): Node => ({ name, bytes: 0, count: 0, children: new Map() });

// The cells of all levels, the largest first within the one above; those that are narrower than
// `least` of the whole are left out, with what is below them.
export function cellsOf(items: readonly Item[], least: number): Cell[] {
    const top = node("");
    for (const item of items) {
        let at = top;
        for (const name of item.path) {
            let below = at.children.get(name);
            if (!below) at.children.set(name, (below = node(name)));
            below.count += item.count;
            at = below;
        }
        at.bytes += item.bytes;
    }
    const root = hierarchy(top, (one) => [...one.children.values()])
        .sum((one) => one.bytes)
        .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
    if (!root.value) return [];
    const cells: Cell[] = [];
    for (const one of partition<Node>()(root).descendants()) {
        if (one.depth === 0 || one.x1 - one.x0 < least) continue;
        const path = one.ancestors().reverse().slice(1);
        cells.push({
            path: path.map((above) => above.data.name),
            name: one.data.name,
            bytes: one.value ?? 0,
            count: one.data.count,
            begin: one.x0,
            end: one.x1,
            depth: one.depth - 1,
        });
    }
    return cells;
}
