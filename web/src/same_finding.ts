// Where a finding is after the page was told anew: findings are sorted, and others may have come.
import type { Finding } from "./report.ts";

const first = (finding: Finding) => {
    const row = finding.allocations[0];
    return row ? `${row.pid} ${row.id}` : "";
};

// The first of `after` that is about the same memory, else the first of the same code on the same
// devices, else of the same code; else the same place.
export function sameFinding(before: readonly Finding[], at: number, after: readonly Finding[]) {
    const old = before[at];
    if (!old) return at;
    const alike = after.map((one, i) => ({ one, i })).filter(({ one }) => one.code === old.code);
    const found =
        alike.find(({ one }) => first(one) !== "" && first(one) === first(old)) ??
        alike.find(({ one }) => one.devices.join() === old.devices.join()) ??
        alike[0];
    return found?.i ?? at;
}
