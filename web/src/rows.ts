// All allocations that the report lists, in columns: a hundred thousand of them must stay quick.
import { gathered } from "./columns.ts";
import type { PackedRows, Place } from "./report.ts";

export interface Rows {
    count: number; // that there are; `length` are listed
    length: number;
    places: Place[];
    place: Uint32Array;
    id: Float64Array;
    address: Float64Array;
    madeMs: Float64Array;
    ageMs: Float64Array;
    over: Float64Array; // 0: it is not over, or it is not known when
}

// The other way round of src/export/page_rows.cpp: differences to the one before.
function column<T extends Float64Array | Uint32Array>(text: string, into: T): T {
    let value = 0;
    let at = 0;
    for (const difference of text === "" ? [] : text.split(",")) {
        value += Number(difference);
        if (at < into.length) into[at++] = value;
    }
    if (at !== into.length) throw new Error("its list of allocations is damaged");
    return into;
}

export function unpacked(packed: PackedRows): Rows {
    const length = packed.listed;
    const place = column(packed.place, new Uint32Array(length));
    if (place.some((one) => one >= packed.places.length)) {
        throw new Error("its list of allocations is damaged");
    }
    return {
        count: packed.count,
        length,
        places: packed.places,
        place,
        id: column(packed.id, new Float64Array(length)),
        address: column(packed.address, new Float64Array(length)),
        madeMs: column(packed.made_ms, new Float64Array(length)),
        ageMs: column(packed.age_ms, new Float64Array(length)),
        over:
            packed.over === undefined
                ? new Float64Array(length)
                : column(packed.over, new Float64Array(length)),
    };
}

export const placeOf = (rows: Rows, row: number): Place => rows.places[rows.place[row]!]!;

// On all its chips.
export const allBytes = (place: Place) => place.occupied_bytes * Math.max(1, place.devices.length);

export const isHeld = (place: Place) => place.state === "live" || place.state === "held";

// Of a history: none of those whose end the report tells of.
export const isPast = (place: Place) => place.state === "freed" || place.state === "over";

// These rows alone, and of the places those that they have.
export function picked(rows: Rows, chosen: Uint32Array): Rows {
    const numbers = new Map<number, number>();
    const place = chosen.map((row) => {
        const at = rows.place[row]!;
        if (!numbers.has(at)) numbers.set(at, numbers.size);
        return numbers.get(at)!;
    });
    const column = (all: Float64Array) => gathered(all, chosen);
    return {
        count: chosen.length,
        length: chosen.length,
        places: [...numbers.keys()].map((at) => rows.places[at]!),
        place,
        id: column(rows.id),
        address: column(rows.address),
        madeMs: column(rows.madeMs),
        ageMs: column(rows.ageMs),
        over: column(rows.over),
    };
}

// Names one row, also when the page has been told anew and it stands elsewhere.
export const nameOf = (rows: Rows, row: number) => `${placeOf(rows, row).pid}-${rows.id[row]}`;

// null: it is not, or no more, there.
export function rowNamed(rows: Rows, name: string): number | null {
    const [pid, id] = name.split("-").map(Number);
    for (let row = 0; row < rows.length; ++row) {
        if (rows.id[row] === id && placeOf(rows, row).pid === pid) return row;
    }
    return null;
}
