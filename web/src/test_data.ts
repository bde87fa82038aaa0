// Parts of reports for tests.
import type { Device, History, Place } from "./report.ts";
import type { Rows } from "./rows.ts";

export function place(changes: Partial<Place> = {}): Place {
    return {
        state: "held",
        pid: 1,
        kind: "buffer",
        region: "l1",
        devices: [0],
        bytes: 1024,
        bytes_per_bank: 16,
        banks: 64,
        occupied_bytes: 1024,
        cores: null,
        owner: "user",
        program: null,
        op: "ttnn.add",
        call_site: "model.py:12 in forward",
        call_sites: ["/srv/model.py:12 in forward"],
        ...changes,
    };
}

// Rows as [place, address, id]; ids count up when they are not given.
export function rowsOf(places: Place[], rows: [number, number, number?][]): Rows {
    return {
        count: rows.length,
        length: rows.length,
        places,
        place: Uint32Array.from(rows, ([at]) => at),
        id: Float64Array.from(rows, ([, , id], at) => id ?? at + 1),
        address: Float64Array.from(rows, ([, address]) => address),
        madeMs: Float64Array.from(rows, (_, at) => at * 100),
        ageMs: Float64Array.from(rows, (_, at) => (rows.length - at) * 100),
        over: new Float64Array(rows.length),
    };
}

export interface Life {
    place: number;
    id: number;
    over?: number;
    from: number; // ms
    to?: number;
}

// Rows as a history has them.
export function rowsWith(places: Place[], lives: Life[], address = 0): Rows {
    return {
        ...rowsOf(
            places,
            lives.map(({ place, id }) => [place, address, id]),
        ),
        madeMs: Float64Array.from(lives, ({ from }) => from),
        ageMs: Float64Array.from(lives, ({ from, to }) => (to ?? from) - from),
        over: Float64Array.from(lives, ({ over }) => over ?? 0),
    };
}

export const history = (changes: Partial<History> = {}): History => ({
    freed: 0,
    missing: 0,
    is_exact: true,
    marks: [],
    marks_count: 0,
    windows: [],
    windows_count: 0,
    ...changes,
});

export const everyRow = (rows: Rows) => Uint32Array.from({ length: rows.length }, (_, row) => row);

export function device(changes: Partial<Device> = {}): Device {
    const exact = { capacity: "exact", live: "exact", peak: "exact" } as const;
    return {
        device: 0,
        mesh: null,
        arch: "wormhole_b0",
        state: "open",
        active_allocations: 0,
        banks: { l1: { count: 64, address: 1000, bytes: 1000 } },
        capacity: { dram: 100, l1: 64000 },
        live: { dram: 0, l1: 0 },
        peak: { dram: 50, l1: 640 },
        at_peak: {},
        overlap_at_peak: {},
        coverage: { dram: exact, l1: exact },
        l1_per_core: {
            capacity: 1000,
            live: 0,
            peak: 10,
            at_peak: [],
            overlap_at_peak: 0,
            coverage: exact,
        },
        enough: {},
        l1_buffers: { live: 0, peak: 0 },
        circular_buffers: {
            registered: { live: 0, peak: 0 },
            resident: { live: 0, peak: 0 },
        },
        ...changes,
    };
}
