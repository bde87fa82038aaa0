// What the page shows now: the newest data, and where one is in it.
import { computed, signal } from "@preact/signals";
import { atNamed, stepFrom } from "./at.ts";
import { instantsOf } from "./instants.ts";
import { longer, momentOf, NO_PAST } from "./past.ts";
import type { PageData } from "./report.ts";
import { hashFrom, hashOf, parsed, type View } from "./route.ts";
import { unpacked, type Rows } from "./rows.ts";
import type { Link } from "./source.ts";
import { sameFinding } from "./same_finding.ts";
import { notFreed, rowsAt } from "./then.ts";

export const data = signal<PageData | null>(null);
export const failure = signal("");
export const link = signal<Link>("stored");
export const past = signal(NO_PAST); // of a source that tells again and again
export const toldAtMs = signal(0);
export const route = signal(parsed(location.hash));

// With what was freed in the ordinary way, where that was kept.
export const everything = computed(() =>
    data.value ? unpacked(data.value.more.allocations) : null,
);
export const history = computed(() => data.value?.more.history ?? null);

// The moment that is looked at; null: the end of the run, or now.
const atName = computed(() => route.value.options.at ?? ""); // other options make no new rows
export const atInstant = computed(() =>
    history.value && atName.value !== ""
        ? atNamed(
              instantsOf(everything.value!),
              history.value,
              data.value!.more.refusals,
              atName.value,
          )
        : null,
);

// What all views show: what was there at that moment, or all that came to no ordinary end.
export const rows = computed(() => {
    const all = everything.value;
    if (!all) return null;
    if (atInstant.value) return rowsAt(all, instantsOf(all), atInstant.value.instant);
    return notFreed(all, history.value?.freed ?? 0);
});

// What was listed at a moment that the reader wants to compare with.
export const remembered = signal<{ rows: Rows; atMs: number } | null>(null);

export function remember(): void {
    remembered.value = { rows: rows.value!, atMs: toldAtMs.value };
}

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

// Everything anew; where one is stays, also when findings have changed places.
export function tell(told: PageData): void {
    const { view, number, options } = route.value;
    if (view === "finding" && data.value !== null && number !== null) {
        const at = sameFinding(data.value.report.findings, number - 1, told.report.findings);
        if (at !== number - 1) show(hashOf(view, at + 1, options));
    }
    toldAtMs.value = Date.now();
    past.value = longer(past.value, momentOf(told.report, toldAtMs.value));
    data.value = told;
}

export function follow(): void {
    addEventListener("hashchange", () => {
        route.value = parsed(location.hash);
    });
}

// Changes options of the view one is in, without a step back for each of them.
export function setOptions(changes: Record<string, string>): void {
    const { view, number, options } = route.value;
    show(linkTo(view, number, { ...options, ...changes }));
}

// Each link of the page is made here: it stays at the moment that is looked at.
export const linkTo = (
    view: View,
    number: number | null = null,
    options: Record<string, string> = {},
): string => hashFrom(route.value, view, number, options);

// To the next change, or to the one before.
export function step(by: 1 | -1): void {
    if (!history.value) return;
    const to = stepFrom(instantsOf(everything.value!), atInstant.value, by);
    if (to !== null) setOptions({ at: to });
}

function show(hash: string): void {
    try {
        window.history.replaceState(null, "", hash);
    } catch {
        // Safari refuses after a hundred within half a minute; then the address lags behind.
    }
    route.value = parsed(hash);
}

export function go(
    view: View,
    number: number | null = null,
    options: Record<string, string> = {},
): void {
    location.hash = linkTo(view, number, options);
}
