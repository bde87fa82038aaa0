// What the page is given: the report as `--report-format json` writes it (schema 1, docs/guide.md),
// as far as the page shows it, and what src/export/page_json.hpp puts beside it. null: not known.

export type Region = "dram" | "l1" | "l1_small" | "trace" | "system";
export type Coverage = "exact" | "at_least" | "unknown";
export type Figures = Partial<Record<Region, number | null>>;

export interface Share {
    kind: string;
    owner: string;
    count: number;
    bytes: number;
    program: string | null;
    op: string | null;
    call_site: string | null;
}

export interface CoreUse {
    capacity: number | null;
    live: number | null;
    peak: number | null;
    at_peak: Share[];
    overlap_at_peak: number;
    coverage: { capacity: Coverage; live: Coverage; peak: Coverage };
}

export interface Device {
    device: number;
    mesh: number | null;
    arch: string | null;
    state: "open" | "closed";
    active_allocations: number;
    banks: Partial<Record<Region, { count: number; address: number | null; bytes: number }>>;
    capacity: Figures;
    live: Figures;
    peak: Figures;
    at_peak: Partial<Record<Region, Share[]>>;
    overlap_at_peak: Partial<Record<Region, number>>;
    coverage: Partial<Record<Region, { capacity: Coverage; live: Coverage; peak: Coverage }>>;
    l1_per_core: CoreUse;
    enough: Record<string, number>; // by the setting that makes a region so large
    l1_buffers: Level;
    circular_buffers: { registered: Level; resident: Level };
}

// On all cores.
export interface Level {
    live: number | null;
    peak: number | null;
}

export interface Window {
    name: string;
    pid: number;
    times: number;
    open: boolean;
    devices: {
        device: number;
        peak: Figures;
        at_peak: Partial<Record<Region, Share[]>>;
        l1_per_core: { peak: number | null; at_peak: Share[] };
        coverage: Coverage;
    }[];
}

export interface KindUse {
    allocations: number;
    frees: number;
    reported_allocations: number;
    reported_frees: number;
    ended_with_process: number;
    live: number;
    live_bytes: number;
    peak_bytes: number | null;
    coverage: Coverage;
}

export interface Finding {
    code: string;
    severity: "error" | "warning" | "info";
    title: string;
    count: number;
    bytes: number;
    devices: number[];
    allocations: { id: number; pid: number }[];
    allocations_count: number;
    evidence: string[];
    evidence_count: number;
    symptom: string | null;
    cause: string;
    consequence: string | null;
    fix: string[];
    mended_in: string | null;
    sections: { label: string; lines: string[] }[];
    iterations?: number;
    first_seen?: number;
    per_iteration?: { bytes: number; allocations: number };
}

export interface Process {
    pid: number;
    name: string;
    state: "running" | "exited" | "killed";
    exit: { code: number | null; signal: number | null };
    held_count: number;
    refused_allocations: number;
}

export interface Report {
    schema: number;
    plimsoll: string;
    command: string[];
    runtime: {
        package: string | null;
        machine: string | null;
        attached: boolean;
        coverage: { what: string; state: Coverage; why: string }[];
    };
    processes: Process[];
    devices: Device[];
    windows: Window[];
    totals: { active_allocations: number | null };
    by_kind: Record<string, KindUse>;
    findings: Finding[];
    notes: string[];
}

export interface Span {
    address: number;
    end: number;
    bytes: number;
    count: number;
    holder: number;
}

export interface Lane {
    name: string;
    of_program: boolean;
    spans: Span[];
}

export interface Holder {
    letter: string;
    owner: string;
    name: string;
    bytes_per_bank: number;
}

export interface MemoryMap {
    region: Region;
    devices: number[];
    bank: { address: number; end: number; bytes: number } | null;
    rest_is_free: boolean;
    lanes: Lane[];
    holders: Holder[];
    holes: [number, number][];
    gap: { address: number; end: number; bytes: number; overlap: boolean } | null;
    left_out: number;
}

// What many allocations have in common.
export interface Place {
    state: string;
    pid: number;
    kind: string;
    region: Region;
    devices: number[];
    bytes: number;
    bytes_per_bank: number;
    banks: number | null;
    occupied_bytes: number;
    cores: [number, number, number, number][] | null;
    owner: string;
    program: {
        id: number | null; // of one that was freed only the label is kept
        label: string | null;
        op: string | null;
        call_site: string | null;
    } | null;
    op: string | null;
    call_site: string | null;
    call_sites: string[];
    inside?: string[];
}

export interface PackedRows {
    count: number;
    listed: number;
    places: Place[];
    place: string;
    id: string;
    address: string;
    made_ms: string; // after the first moment that is known of anything listed
    age_ms: string; // until now, or until it ended
    over?: string; // number of the event that ended it, in the sequence of its process; 0: none known
}

// What a report that was made with the page, or a recording, tells of the time before its end. An
// allocation's `id` is the number of the event that made it, and so is that of a mark.
export interface History {
    freed: number; // in the ordinary way
    missing: number; // those of them that are not listed
    is_exact: boolean; // false: events were lost
    marks: Mark[]; // the first ones, in order
    marks_count: number;
    windows: WindowTime[];
    windows_count: number;
}

export interface Mark {
    pid: number;
    name: string;
    at_ms: number; // as `made_ms`
    id: number;
}

export interface WindowTime {
    pid: number;
    name: string;
    from_ms: number;
    to_ms: number | null; // null: it was still open at the end
    id: number;
    over: number | null;
}

export interface Refusal {
    pid: number;
    id: number; // of its event
    at_ms: number; // as `made_ms`
    kind: string;
    region: Region;
    bytes: number | null;
    devices: number[];
    times: number;
    call_site: string | null;
    mark: string | null;
}

export interface More {
    verdict: string;
    run: string[];
    notes: string[];
    refusals: Refusal[];
    findings: { meaning: string | null; confirm: string | null; maps: MemoryMap[] | null }[];
    allocations: PackedRows;
    history?: History | null; // null: it was not kept
}

export interface PageData {
    report: Report;
    more: More;
}
