// Which rows are shown, and in which order.
import type { Place } from "./report.ts";
import { allBytes, type Rows } from "./rows.ts";
import { pathOfPlace } from "./tree.ts";
import { nounOf, stateText } from "./words.ts";

export interface Choice {
    text: string; // every word must be found; a number is an address inside, or the id
    region: string; // "": all of them, as in what follows
    kind: string;
    owner: string;
    state: string;
    chip: string;
    path: string[]; // owner, program, op, line: as many of these as are wanted
}

export const EVERYTHING: Choice = {
    text: "",
    region: "",
    kind: "",
    owner: "",
    state: "",
    chip: "",
    path: [],
};

const haystacks = new WeakMap<Rows, string[]>();

function words(place: Place): string {
    const program = place.program;
    const all = [nounOf(place.kind), place.kind, place.region, place.owner, place.state];
    all.push(stateText(place.state), place.op ?? "", place.call_sites.join(" "));
    all.push(place.call_site ?? "", place.inside?.join(" ") ?? "", program?.label ?? "");
    all.push(program?.op ?? "", program?.call_site ?? "");
    if (program && program.id !== null) all.push(`program ${program.id}`);
    return all.join("\n").toLowerCase();
}

function haystacksOf(rows: Rows): string[] {
    let known = haystacks.get(rows);
    if (!known) haystacks.set(rows, (known = rows.places.map(words)));
    return known;
}

function fits(place: Place, choice: Choice): boolean {
    return (
        (choice.region === "" || place.region === choice.region) &&
        (choice.kind === "" || place.kind === choice.kind) &&
        (choice.owner === "" || place.owner === choice.owner) &&
        (choice.state === "" || place.state === choice.state) &&
        (choice.chip === "" || place.devices.includes(Number(choice.chip))) &&
        choice.path.every((name, level) => pathOfPlace(place)[level] === name)
    );
}

// Rows of `order` that fit, in that order.
export function chosen(rows: Rows, order: Uint32Array, choice: Choice): Uint32Array {
    const wanted = choice.text.toLowerCase().split(/\s+/).filter(Boolean);
    const numbers = wanted.map((word) => (/^(0x[0-9a-f]+|\d+)$/.test(word) ? Number(word) : null));
    const texts = haystacksOf(rows);
    // Of each place: no row of it, all rows, or those that a number is found in.
    const open = rows.places.map((place, at) => {
        if (!fits(place, choice)) return null;
        const left: number[] = [];
        for (const [i, word] of wanted.entries()) {
            if (texts[at]!.includes(word)) continue;
            if (numbers[i] === null || numbers[i] === undefined) return null;
            left.push(numbers[i]);
        }
        return left;
    });
    const found = new Uint32Array(order.length);
    let count = 0;
    for (const row of order) {
        const left = open[rows.place[row]!];
        if (!left) continue;
        if (left.length > 0 && !left.every((number) => holds(rows, row, number))) continue;
        found[count++] = row;
    }
    return found.subarray(0, count);
}

function holds(rows: Rows, row: number, number: number): boolean {
    const begin = rows.address[row]!;
    const size = rows.places[rows.place[row]!]!.bytes_per_bank;
    return rows.id[row] === number || number === begin || (number > begin && number < begin + size);
}

export type Column =
    | "id"
    | "kind"
    | "region"
    | "chips"
    | "address"
    | "bank"
    | "bytes"
    | "owner"
    | "program"
    | "op"
    | "line"
    | "state"
    | "made"
    | "age";

type Key = number | string;
const OF_PLACE: Partial<Record<Column, (place: Place) => Key>> = {
    kind: (place) => place.kind,
    region: (place) => place.region,
    chips: (place) => place.devices.join(),
    bank: (place) => place.bytes_per_bank,
    bytes: allBytes,
    owner: (place) => place.owner,
    program: (place) => place.program?.label ?? "",
    op: (place) => place.op ?? "",
    line: (place) => place.call_site ?? "",
    state: (place) => place.state,
};

// An unknown column is the id: the address of the page may have any name.
function keysOf(rows: Rows, column: Column): Float64Array {
    const key = OF_PLACE[column];
    if (!key)
        return (
            { made: rows.madeMs, age: rows.ageMs, address: rows.address }[column as string] ??
            rows.id
        );
    const keys = rows.places.map(key);
    const sorted = [...new Set(keys)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const rank = new Map(sorted.map((one, at) => [one, at]));
    const ranks = keys.map((one) => rank.get(one)!);
    return Float64Array.from(rows.place, (place) => ranks[place]!);
}

const orders = new WeakMap<Rows, Map<string, Uint32Array>>();

// All rows by one column, those that are equal in it by their id. Kept, since sorting takes longest.
export function ordered(rows: Rows, column: Column, falling: boolean): Uint32Array {
    const kept = orders.get(rows) ?? new Map<string, Uint32Array>();
    orders.set(rows, kept);
    const name = `${column} ${falling}`;
    let order = kept.get(name);
    if (!order) {
        const keys = keysOf(rows, column);
        const sign = falling ? -1 : 1;
        order = Uint32Array.from({ length: rows.length }, (_, at) => at);
        order.sort((a, b) => sign * (keys[a]! - keys[b]!) || a - b);
        kept.set(name, order);
    }
    return order;
}
