// The chips of a host, by mesh.
import type { Device, Region, Report } from "./report.ts";

export type Measure = "live" | "peak";

export interface Mesh {
    mesh: number | null; // null: opened one by one
    chips: Device[];
}

export function meshesOf(devices: readonly Device[]): Mesh[] {
    const meshes = new Map<number | null, Device[]>();
    for (const device of devices) {
        const chips = meshes.get(device.mesh);
        if (chips) chips.push(device);
        else meshes.set(device.mesh, [device]);
    }
    return [...meshes].map(([mesh, chips]) => ({ mesh, chips }));
}

// L1 as its fullest core, which is what an op must fit beside.
export interface Use {
    value: number | null;
    capacity: number | null;
    coverage: "exact" | "at_least" | "unknown";
}

export function useOf(device: Device, region: Region, measure: Measure): Use {
    if (region === "l1") {
        const use = device.l1_per_core;
        return { value: use[measure], capacity: use.capacity, coverage: use.coverage[measure] };
    }
    return {
        value: device[measure][region] ?? null,
        capacity: device.capacity[region] ?? null,
        coverage: device.coverage[region]?.[measure] ?? "unknown",
    };
}

// DRAM and L1 always, the small regions when they were ever used.
export function regionsOf(devices: readonly Device[]): Region[] {
    const small = (["l1_small", "trace", "system"] as const).filter((region) =>
        devices.some((device) => (device.live[region] ?? 0) > 0 || (device.peak[region] ?? 0) > 0),
    );
    return ["dram", "l1", ...small];
}

export const anyLive = (report: Report) => (report.totals.active_allocations ?? 0) > 0;
