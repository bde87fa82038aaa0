// A run that nobody ran: a decoder whose weights stay, whose layers come and go, and which is refused
// a buffer at last. Written out as a page that has all of its changes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { History, PackedRows, PageData, Place } from "../src/report.ts";
import { device, history, place } from "../src/test_data.ts";

const MIB = 1 << 20;
const PID = 4711;

interface Row {
    place: number;
    id: number;
    address: number;
    madeMs: number;
    overMs: number | null;
    over: number;
}

export class Run {
    ms = 0;
    readonly devices: number[];
    #sequence = 0;
    #places: Place[] = [];
    #numbers = new Map<string, number>(); // of places
    #rows: Row[] = [];
    #free: Record<string, number[]> = {};
    #top: Record<string, number> = { dram: 32, l1: 1499136, program: 105824 };
    readonly history: History = history();

    constructor(devices: number[]) {
        this.devices = devices;
    }

    // What is freed leaves its address to the next of its size.
    make(changes: Partial<Place>): Row {
        const one = place({ pid: PID, state: "held", devices: this.devices, ...changes });
        const key = JSON.stringify(one);
        const at = this.#numbers.get(key) ?? this.#places.push(one) - 1;
        this.#numbers.set(key, at);
        const bytes = one.bytes_per_bank;
        const heap = one.kind === "circular_buffer" ? "program" : one.region;
        const again = (this.#free[`${heap} ${bytes}`] ??= []).pop();
        const grows = heap === "l1" ? -bytes : bytes;
        const address = again ?? (heap === "l1" ? this.#top[heap]! + grows : this.#top[heap]!);
        if (again === undefined) this.#top[heap]! += grows;
        const id = ++this.#sequence;
        const row = { place: at, id, address, madeMs: this.ms, overMs: null, over: 0 };
        this.#rows.push(row);
        return row;
    }

    // Which event a refusal is now.
    refused = () => ++this.#sequence;

    free(row: Row, sequence = ++this.#sequence): void {
        const one = this.#places[row.place]!;
        const heap = one.kind === "circular_buffer" ? "program" : one.region;
        this.#free[`${heap} ${one.bytes_per_bank}`]!.push(row.address);
        row.over = sequence;
        row.overMs = this.ms;
        ++this.history.freed;
    }

    // Many at once, as a program's.
    freeAll(rows: Row[]): void {
        const sequence = ++this.#sequence;
        for (const row of rows) this.free(row, sequence);
    }

    mark(name: string): void {
        const id = ++this.#sequence;
        this.history.marks_count = this.history.marks.push({ pid: PID, name, at_ms: this.ms, id });
    }

    window(name: string, inside: () => void): void {
        const one = { pid: PID, name, from_ms: this.ms, to_ms: 0, id: ++this.#sequence, over: 0 };
        this.history.windows_count = this.history.windows.push(one);
        inside();
        [one.to_ms, one.over] = [this.ms, ++this.#sequence];
    }

    packed(): PackedRows {
        const freedPlaces = this.#places.map((one): Place => ({
            ...one,
            state: "freed",
            program: one.program && { ...one.program, id: null, op: null, call_site: null },
        }));
        const held = this.#rows.filter((row) => row.over === 0);
        const freed = this.#rows.filter((row) => row.over > 0).reverse();
        const rows = [...held, ...freed];
        const column = (value: (row: Row) => number) =>
            rows.map((row, at) => value(row) - (at > 0 ? value(rows[at - 1]!) : 0)).join();
        return {
            count: rows.length,
            listed: rows.length,
            places: [...this.#places, ...freedPlaces],
            place: column((row) => row.place + (row.over > 0 ? this.#places.length : 0)),
            id: column((row) => row.id),
            address: column((row) => row.address),
            made_ms: column((row) => row.madeMs),
            age_ms: column((row) => (row.overMs ?? this.ms) - row.madeMs),
            over: column((row) => row.over),
        };
    }
}

const dram = (mib: number, op: string | null, line: string): Partial<Place> => ({
    region: "dram",
    bytes: mib * MIB,
    occupied_bytes: mib * MIB,
    bytes_per_bank: Math.ceil((mib * MIB) / 12 / 32) * 32,
    banks: 12,
    op,
    call_site: line,
    call_sites: [`/srv/${line}`],
});
const l1 = (perCore: number, op: string | null, line: string): Partial<Place> => ({
    region: "l1",
    bytes: perCore * 64,
    occupied_bytes: perCore * 64,
    bytes_per_bank: perCore,
    op,
    call_site: line,
    call_sites: [`/srv/${line}`],
});

function layer(run: Run, at: number, scale: number): void {
    const tick = () => {
        run.ms += 4;
    };
    for (const [op, perCore] of [
        ["ttnn.matmul", 98304],
        ["ttnn.softmax", 65536],
        ["ttnn.add", 32768],
    ] as const) {
        const line = `model.py:${40 + 10 * (perCore >> 15)} in forward`;
        const activation = run.make(l1(perCore * scale, op, line));
        const spill = run.make(dram(16 * scale + (at % 3) * 8, op, line));
        const program = { id: 7, label: op.slice(5), op, call_site: line };
        const buffers = Array.from({ length: 4 }, () =>
            run.make({
                ...l1(16384 * scale, null, line),
                kind: "circular_buffer",
                owner: "program",
                call_site: null,
                program,
            }),
        );
        tick();
        run.freeAll(buffers);
        run.free(activation);
        tick();
        run.free(spill);
    }
    run.ms += 12;
}

export function decoder(chips: number, layers: number, steps: number): PageData {
    const all = Array.from({ length: chips }, (_, at) => at);
    const run = new Run(all);
    run.mark("weights");
    for (let at = 0; at < layers; ++at) {
        run.make(dram(96, "ttnn.as_tensor", "model.py:12 in load_weights"));
        run.ms += 20;
    }
    run.mark("prefill begins");
    run.window("prefill", () => {
        const cache = run.make(dram(64, "ttnn.zeros", "model.py:30 in kv_cache"));
        for (let at = 0; at < layers; ++at) layer(run, at, 4);
        run.free(cache);
    });
    run.ms += 60;
    run.mark("decode begins");
    for (let step = 0; step < steps; ++step) {
        run.window("decode", () => {
            run.make(dram(6, "ttnn.concat", "model.py:71 in append_cache"));
            for (let at = 0; at < layers; ++at) layer(run, at, 1 + (step % 3));
        });
    }
    return documents(run, all);
}

function documents(run: Run, chips: number[]): PageData {
    const packed = run.packed();
    const capacity = { dram: 12288 * MIB, l1: 1393312 * 64 };
    const bank = { count: 64, address: 105824, bytes: 1393312 };
    const dramBank = { count: 12, address: 32, bytes: 1073741792 };
    const devices = chips.map((one) =>
        device({
            device: one,
            mesh: 0,
            capacity,
            banks: { l1: bank, dram: dramBank },
            peak: { dram: null, l1: null },
            l1_buffers: { live: 0, peak: null },
            circular_buffers: {
                registered: { live: 0, peak: null },
                resident: { live: 0, peak: null },
            },
        }),
    );
    const refusal = {
        pid: PID,
        id: run.refused(),
        at_ms: run.ms,
        kind: "buffer",
        region: "dram" as const,
        bytes: 512 * MIB,
        devices: [0],
        times: 1,
        call_site: "model.py:71 in append_cache",
        mark: "decode begins",
    };
    return {
        report: {
            schema: 1,
            plimsoll: "0.1.0",
            command: ["python", "model.py"],
            runtime: { package: "ttnn 0.81.1", machine: "mock", attached: true, coverage: [] },
            processes: [
                {
                    pid: PID,
                    name: "python",
                    state: "exited",
                    exit: { code: 1, signal: null },
                    held_count: packed.count - run.history.freed,
                    refused_allocations: 1,
                },
            ],
            devices,
            windows: [],
            totals: { active_allocations: 0 },
            by_kind: {},
            findings: [],
            notes: [],
        },
        more: {
            verdict: "1 allocation was refused: 512.0 MiB in DRAM of device 0",
            run: ["python model.py", "exit 1 after 4.2 s", "ttnn 0.81.1, mock"],
            notes: [],
            refusals: [refusal],
            findings: [],
            allocations: packed,
            history: run.history,
        },
    };
}

const page = join(import.meta.dirname, "..", "dist", "page.html");
const folder = mkdtempSync(join(tmpdir(), "plimsoll-made-up-"));
process.on("exit", () => rmSync(folder, { recursive: true }));

// The page that has these two documents.
export function written(name: string, { report, more }: PageData): string {
    const text = (document: unknown) => JSON.stringify(document).replaceAll("<", "\\u003c");
    const path = join(folder, `${name}.html`);
    const html = readFileSync(page, "utf8")
        .replace("{{report}}", () => text(report))
        .replace("{{more}}", () => text(more));
    writeFileSync(path, html);
    return path;
}
