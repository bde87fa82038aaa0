import { printable } from "./words.ts";
import type { More, PageData, Report } from "./report.ts";

// Where the page gets what it shows. A source may tell again and again; each time it tells all.
export interface Source {
    // Calls `tell` at least once, or `fail` with a sentence for the reader. What it returns ends it.
    start(tell: (data: PageData) => void, fail: (why: string) => void): () => void;
}

// The two documents that stand in the page itself.
export const embedded: Source = {
    start(tell, fail) {
        try {
            const report = parsed<Report>("report");
            if (report.schema !== 1) throw new Error(`its report is of schema ${report.schema}`);
            tell({ report, more: parsed<More>("more") });
        } catch (error) {
            fail(`This page cannot be shown: ${(error as Error).message}`);
        }
        return () => {};
    },
};

function parsed<T>(id: string): T {
    const text = document.getElementById(id)?.textContent;
    if (!text) throw new Error(`it has no ${id}; the file may be cut`);
    return JSON.parse(text, (_, value: unknown) =>
        typeof value === "string" ? printable(value) : value,
    ) as T;
}
