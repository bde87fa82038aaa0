// Keys of the whole page; those of a table or a field are its own.
import { data, go, route, step } from "./state.ts";

export const KEYS: [string, string][] = [
    ["o", "overview"],
    ["c", "the first chip; again: the next one"],
    ["a", "allocations"],
    ["t", "timeline"],
    ["f", "the first finding; again: the next one"],
    ["/", "search the allocations"],
    ["[ ]", "the change before, the next one, where a run's changes were kept"],
    ["↑ ↓ Home End", "in the table: from one allocation to the next"],
    ["Esc", "leave a field, close this list"],
    ["?", "this list"],
];

function next(view: "chip" | "finding", numbers: number[]): void {
    const at = route.value.view === view ? numbers.indexOf(route.value.number ?? -1) : -1;
    const number = numbers[(at + 1) % numbers.length];
    if (number !== undefined) go(view, number);
}

export function listen(toggleHelp: (open?: boolean) => void): void {
    addEventListener("keydown", (event) => {
        const target = event.target as HTMLElement;
        if (event.key === "Escape") {
            target.blur();
            toggleHelp(false);
        }
        const isSlider = target instanceof HTMLInputElement && target.type === "range";
        const isField = !isSlider && ["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName);
        // Some keyboards have these two behind AltGr.
        if (!isField && event.key === "[") return step(-1);
        if (!isField && event.key === "]") return step(1);
        if (isField || event.ctrlKey || event.metaKey || event.altKey) return;
        const report = data.value?.report;
        if (!report) return;
        if (event.key === "o") go("overview");
        else if (event.key === "c")
            next(
                "chip",
                report.devices.map((device) => device.device),
            );
        else if (event.key === "a") go("allocations");
        else if (event.key === "t") go("timeline");
        else if (event.key === "f")
            next(
                "finding",
                report.findings.map((_, at) => at + 1),
            );
        else if (event.key === "?") toggleHelp();
        else if (event.key === "/") {
            event.preventDefault();
            if (route.value.view !== "allocations") go("allocations");
            // The field is there when the view has been drawn.
            requestAnimationFrame(() =>
                requestAnimationFrame(() => document.getElementById("search")?.focus()),
            );
        }
    });
}
