import type { More, PageData, Report } from "./report.ts";
import { printable } from "./words.ts";

// How things stand with who tells.
export type Link =
    | "stored" // it has told all there is
    | "live"
    | "paused" // while nobody looks
    | "lost"; // and tries again

// Where the page gets what it shows. A source may tell again and again; each time it tells all.
export interface Source {
    // Calls `tell` at least once, or `fail` with a sentence for the reader. What it returns ends it.
    start(to: Listener): () => void;
}

export interface Listener {
    tell(data: PageData): void;
    fail(why: string): void;
    link(now: Link): void;
}

// The two documents that stand in the page itself.
export const embedded: Source = {
    start({ tell, fail }) {
        try {
            const report = parsed<Report>(textOf("report"));
            tell(checked({ report, more: parsed<More>(textOf("more")) }));
        } catch (error) {
            fail(`This page cannot be shown: ${(error as Error).message}`);
        }
        return () => {};
    },
};

// Whether the page has a report in it; else it is served, and asks for one.
export const isWhole = () => document.getElementById("report")?.textContent !== "";

export function parsed<T>(text: string): T {
    return JSON.parse(text, (_, value: unknown) =>
        typeof value === "string" ? printable(value) : value,
    ) as T;
}

export function checked(data: PageData): PageData {
    const { schema } = data.report;
    if (schema !== 1) throw new Error(`its report is of schema ${schema}`);
    for (const list of ["processes", "devices", "windows", "findings"] as const) {
        if (!Array.isArray(data.report[list])) throw new Error(`its report has no ${list}`);
    }
    return data;
}

function textOf(id: string): string {
    const text = document.getElementById(id)?.textContent;
    if (!text) throw new Error(`it has no ${id}; the file may be cut`);
    return text;
}
