// A picture of one bank (in L1: of one core) from the allocations that are listed, as
// src/findings/memory_map.hpp has it of a finding; and what of a picture a screen can show.
import type { Device, Lane, MemoryMap, Place, Region, Span } from "./report.ts";
import { placeOf, type Rows } from "./rows.ts";
import { counted, nounOf, programName } from "./words.ts";

export interface Core {
    x: number;
    y: number;
}

const MOST_LANES = 8;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const OTHERS = "*";

export const isOfProgram = (place: Place) =>
    place.kind === "circular_buffer" || place.kind === "dataflow_buffer";

export const liesOn = (place: Place, core: Core | null) =>
    core === null ||
    place.cores === null ||
    place.cores.some(
        ([x0, y0, x1, y1]) => x0 <= core.x && core.x <= x1 && y0 <= core.y && core.y <= y1,
    );

export function holderName(place: Place, count: number): string {
    const program = place.program && programName(place.program);
    const line = place.call_site ?? place.program?.call_site;
    const op = place.op ?? place.program?.op;
    const where =
        op && line ? `${op} at ${line}` : (line ?? op ?? (program ? null : "a place not known"));
    return [counted(count, nounOf(place.kind)), program, where].filter(Boolean).join(", ");
}

interface Held {
    first: Place;
    count: number;
    bytes: number;
    begin: number;
    order: number; // where it stands in MemoryMap.holders
}

class Holders {
    private readonly known = new Map<string, Held>();

    add(place: Place, begin: number): Held {
        const key = holderName(place, 0) + place.owner;
        let held = this.known.get(key);
        if (!held)
            this.known.set(key, (held = { first: place, count: 0, bytes: 0, begin, order: 0 }));
        ++held.count;
        held.bytes += place.bytes_per_bank;
        held.begin = Math.min(held.begin, begin);
        return held;
    }

    // Letters go to those with the most bytes, in the order of their addresses.
    listed(): MemoryMap["holders"] {
        const all = [...this.known.values()].sort((a, b) => b.bytes - a.bytes);
        const byAddress = (a: Held, b: Held) => a.begin - b.begin;
        const named = all.slice(0, LETTERS.length).sort(byAddress);
        return [...named, ...all.slice(LETTERS.length).sort(byAddress)].map((held, at) => ({
            letter: LETTERS[(held.order = at)] ?? OTHERS,
            owner: held.first.owner,
            name: holderName(held.first, held.count),
            bytes_per_bank: held.bytes,
        }));
    }
}

// Of the rows that are on this chip (and core), what lies where. `complete`: nothing else is there.
export function mapOfRows(
    rows: Rows,
    chosen: Uint32Array,
    device: Device,
    region: Region,
    core: Core | null,
    complete: boolean,
): MemoryMap {
    const here = rows.places.map(
        (place) =>
            place.region === region && place.devices.includes(device.device) && liesOn(place, core),
    );
    const lanes = new Map<string, Lane>();
    const holders = new Holders();
    const pieces: { span: Span; held: Held }[] = [];
    for (const row of chosen) {
        if (!here[rows.place[row]!]) continue;
        const place = placeOf(rows, row);
        const address = rows.address[row]!;
        const ofProgram = isOfProgram(place);
        const name = ofProgram
            ? programName(place.program ?? { id: null, label: null })
            : "buffers";
        const key = ofProgram ? `${place.pid} ${place.program?.id} ${name}` : name;
        let lane = lanes.get(key);
        if (!lane) lanes.set(key, (lane = { name, of_program: ofProgram, spans: [] }));
        const bytes = place.bytes_per_bank;
        const span = { address, end: address + bytes, bytes, count: 1, holder: 0 };
        lane.spans.push(span);
        pieces.push({ span, held: holders.add(place, address) });
    }
    const listed = holders.listed();
    for (const piece of pieces) piece.span.holder = piece.held.order;
    const bank = device.banks[region];
    const known = bank && bank.address !== null;
    const map: MemoryMap = {
        region,
        devices: [device.device],
        bank: known
            ? { address: bank.address!, end: bank.address! + bank.bytes, bytes: bank.bytes }
            : null,
        rest_is_free: complete,
        lanes: joined([...lanes.values()]),
        holders: listed,
        holes: [],
        gap: null,
        left_out: 0,
    };
    map.holes = holesOf(map);
    map.gap = gapOf(map);
    // A program in the cache may lie over a buffer: it did not run beside it. Then it is not told
    // what of the rest is free.
    if (map.gap?.overlap) map.rest_is_free = false;
    return map;
}

const byAddress = (a: Span, b: Span) => a.address - b.address || a.end - b.end;

// Programs first, and not too many of them.
function joined(lanes: Lane[]): Lane[] {
    const programs = lanes.filter((lane) => lane.of_program);
    const shown = programs.slice(0, MOST_LANES);
    const rest = programs.slice(MOST_LANES);
    const last = shown.at(-1);
    if (last && rest.length > 0) {
        last.spans.push(...rest.flatMap((lane) => lane.spans));
        last.name += ` and ${rest.length} more`;
    }
    const all = [...shown, ...lanes.filter((lane) => !lane.of_program)];
    for (const lane of all) lane.spans.sort(byAddress);
    return all;
}

const spansOf = (map: MemoryMap) => map.lanes.flatMap((lane) => lane.spans).sort(byAddress);

// The bank and all that is drawn: a program may end beyond its core's memory.
export function reachOf(map: MemoryMap): [number, number] {
    let [begin, end] = map.bank ? [map.bank.address, map.bank.end] : [Infinity, 0];
    for (const lane of map.lanes) {
        for (const span of lane.spans) {
            begin = Math.min(begin, span.address);
            end = Math.max(end, span.end);
        }
    }
    return begin < end ? [begin, end] : [0, 0];
}

export function holesOf(map: MemoryMap): [number, number][] {
    const [begin, end] = map.bank ? [map.bank.address, map.bank.end] : reachOf(map);
    const holes: [number, number][] = [];
    let at = begin;
    for (const span of spansOf(map)) {
        if (span.address >= end) break;
        if (span.address > at) holes.push([at, span.address]);
        at = Math.max(at, span.end);
    }
    if (at < end) holes.push([at, end]);
    return holes;
}

// Between the end of what programs have and the lowest buffer above.
export function gapOf(map: MemoryMap): MemoryMap["gap"] {
    let end = -1;
    let begin = Infinity;
    for (const lane of map.lanes) {
        for (const span of lane.spans) {
            if (lane.of_program) end = Math.max(end, span.end);
            else begin = Math.min(begin, span.address);
        }
    }
    if (end < 0 || begin === Infinity) return null;
    const overlap = begin < end;
    const [address, last] = overlap ? [begin, end] : [end, begin];
    return { address, end: last, bytes: last - address, overlap };
}

export interface Painted {
    begin: number; // in columns
    end: number;
    holder: number; // SEVERAL: in one column there are more than one
    count: number;
    address: number;
    last: number;
}

export const SEVERAL = -1;

export const NARROW = 6; // columns: below that an edge would hide what it divides

// What `columns` columns can show of a lane between two addresses: narrow neighbours of one holder
// are one, and so is all that is within one column.
export function painted(lane: Lane, from: number, to: number, columns: number): Painted[] {
    const cells: Painted[] = [];
    const scale = columns / (to - from);
    for (const span of lane.spans) {
        if (span.end <= from || span.address >= to) continue;
        const begin = Math.floor((Math.max(span.address, from) - from) * scale);
        const end = Math.max(begin + 1, Math.round((Math.min(span.end, to) - from) * scale));
        const last = cells.at(-1);
        const joins = last && begin < last.end && (end <= last.end || last.end - last.begin <= 1);
        const isNarrow = end - begin < NARROW || (last && last.end - last.begin < NARROW);
        const continues =
            last && isNarrow && last.holder === span.holder && span.address === last.last;
        if (last && (joins || continues)) {
            if (last.holder !== span.holder) last.holder = SEVERAL;
            last.end = Math.max(last.end, end);
            last.last = Math.max(last.last, span.end);
            last.count += span.count;
        } else {
            cells.push({
                begin: Math.max(begin, lane.of_program ? 0 : (last?.end ?? 0)),
                end,
                holder: span.holder,
                count: span.count,
                address: span.address,
                last: span.end,
            });
        }
    }
    return cells;
}

// Where everything lies, when that is a small part of the whole: then it is drawn once more.
export function closer(map: MemoryMap): [number, number] | null {
    const [begin, end] = reachOf({ ...map, bank: null });
    const [first, last] = reachOf(map);
    const pieces = map.lanes.reduce((sum, lane) => sum + lane.spans.length, 0);
    return pieces > 1 && end - begin <= (last - first) / 8 ? [begin, end] : null;
}
