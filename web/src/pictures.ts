// Which pictures of a chip's memory there are.
import { mapOfRows, type Core } from "./memory_map.ts";
import type { Device, MemoryMap, More, PageData, Region } from "./report.ts";
import { isHeld, type Rows } from "./rows.ts";

export interface Picture {
    key: string; // in the address of the page: "held", or the finding's number
    name: string;
    isOf: "rows" | "finding";
    map: MemoryMap | null; // of rows it is drawn when it is wanted
}

// What is there at the end, or at the moment that rows are of, first; then what each finding is about.
export function picturesOf(
    data: PageData,
    rows: Rows,
    device: Device,
    region: Region,
    isThen: boolean,
): Picture[] {
    const pictures: Picture[] = [];
    const here = rows.places.some(
        (place) =>
            isHeld(place) && place.region === region && place.devices.includes(device.device),
    );
    const name = isThen ? "What was held at that moment" : "What is held at the end";
    if (here) pictures.push({ key: "held", name, isOf: "rows", map: null });
    for (const [at, finding] of data.report.findings.entries()) {
        const maps = data.more.findings[at]?.maps ?? [];
        for (const map of maps) {
            if (map.region !== region || !map.devices.includes(device.device)) continue;
            pictures.push({
                key: `${at + 1}`,
                name: `Finding ${at + 1}: ${finding.code}`,
                isOf: "finding",
                map,
            });
        }
    }
    return pictures;
}

// Is what is listed all that the chip held there at any moment?
function isAllKept({ history, allocations }: More): boolean {
    return Boolean(history?.is_exact) && allocations.listed === allocations.count;
}

// Is what is listed all that the chip holds there?
function isComplete(
    { report, more }: PageData,
    rows: Rows,
    device: Device,
    region: Region,
    isThen: boolean,
): boolean {
    const use = region === "l1" ? device.l1_per_core.coverage : device.coverage[region];
    if (use?.live !== "exact") return false;
    if (isThen) return isAllKept(more);
    const processes = report.processes.reduce((sum, process) => sum + process.held_count, 0);
    let held = 0;
    for (const place of rows.place) if (isHeld(rows.places[place]!)) ++held;
    return held === processes;
}

export function heldMap(
    data: PageData,
    rows: Rows,
    device: Device,
    region: Region,
    core: Core | null,
    isThen: boolean,
): MemoryMap {
    const held = Uint32Array.from({ length: rows.length }, (_, row) => row).filter((row) =>
        isHeld(rows.places[rows.place[row]!]!),
    );
    return mapOfRows(
        rows,
        held,
        device,
        region,
        core,
        isComplete(data, rows, device, region, isThen),
    );
}

// All cores that a listed allocation names, by row and column.
export function coresOf(rows: Rows, device: Device): Core[] {
    const found = new Map<string, Core>();
    for (const place of rows.places) {
        if (!place.cores || !place.devices.includes(device.device)) continue;
        for (const [x0, y0, x1, y1] of place.cores) {
            for (let y = y0; y <= Math.min(y1, y0 + 31); ++y) {
                for (let x = x0; x <= Math.min(x1, x0 + 31); ++x) found.set(`${x}-${y}`, { x, y });
            }
        }
    }
    return [...found.values()].sort((a, b) => a.y - b.y || a.x - b.x);
}
