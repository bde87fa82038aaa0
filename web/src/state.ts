// What the page shows now: the newest data, and where one is in it.
import { computed, signal } from "@preact/signals";
import type { PageData } from "./report.ts";
import { hashOf, parsed, type View } from "./route.ts";
import { unpacked } from "./rows.ts";

export const data = signal<PageData | null>(null);
export const failure = signal("");
export const route = signal(parsed(location.hash));
export const rows = computed(() => (data.value ? unpacked(data.value.more.allocations) : null));

// Which finding names this allocation: its number, from 1. By "pid id".
export const findingOf = computed(() => {
    const numbers = new Map<string, number>();
    for (const [at, finding] of (data.value?.report.findings ?? []).entries()) {
        for (const row of finding.allocations) {
            const key = `${row.pid} ${row.id}`;
            if (!numbers.has(key)) numbers.set(key, at + 1);
        }
    }
    return numbers;
});

export function follow(): void {
    addEventListener("hashchange", () => {
        route.value = parsed(location.hash);
    });
}

// Changes options of the view one is in, without a step back for each of them.
export function setOptions(changes: Record<string, string>): void {
    const { view, number, options } = route.value;
    const next = { ...options, ...changes };
    try {
        history.replaceState(null, "", hashOf(view, number, next));
    } catch {
        // Safari refuses after a hundred within half a minute; then the address lags behind.
    }
    route.value = { view, number, options: next };
}

export function go(
    view: View,
    number: number | null = null,
    options: Record<string, string> = {},
): void {
    location.hash = hashOf(view, number, options);
}
