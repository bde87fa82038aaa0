import { titleOf } from "../level_words.ts";
import { bytesIn, isIn, levelTitle, type Of } from "../levels.ts";
import type { Report } from "../report.ts";
import type { Rows } from "../rows.ts";
import { atInstant, data, linkTo, rows } from "../state.ts";
import { bytesText } from "../words.ts";
import { chipNow, curvesOf } from "./curves.tsx";

// How many rows each place has.
function countsOf(there: Rows): Uint32Array {
    const counts = new Uint32Array(there.places.length);
    for (const place of there.place) ++counts[place]!;
    return counts;
}

function sumOf(there: Rows, counts: Uint32Array, of: Of): { count: number; bytes: number } {
    const sum = { count: 0, bytes: 0 };
    for (const [at, place] of there.places.entries()) {
        if (!isIn(place, of)) continue;
        sum.count += counts[at]!;
        sum.bytes += counts[at]! * bytesIn(place, of);
    }
    return sum;
}

// The chip that has most of it then.
function fullest(report: Report, there: Rows, counts: Uint32Array, of: Of): number | null {
    let best: number | null = null;
    let most = 0;
    for (const { device } of report.devices) {
        const { bytes } = sumOf(there, counts, { ...of, chip: device });
        if (bytes > most) [best, most] = [device, bytes];
    }
    return best;
}

function Part({ of, there, counts }: { of: Of; there: Rows; counts: Uint32Array }) {
    const { report } = data.value!;
    const { count, bytes } = sumOf(there, counts, of);
    if (count === 0) return null;
    const device = of.chip ?? fullest(report, there, counts, of);
    return (
        <tr>
            <th scope="row">{report.devices.length === 1 ? levelTitle(of) : titleOf(of)}</th>
            <td>{count}</td>
            <td>{bytesText(bytes)}</td>
            <td>
                {device !== null && (
                    <a href={linkTo("chip", device, { region: of.region, picture: "held" })}>
                        address map of device {device} then
                    </a>
                )}
            </td>
        </tr>
    );
}

// What was there at the moment that is chosen.
export function MomentParts() {
    const { report } = data.value!;
    const there = rows.value!;
    if (!atInstant.value) return null;
    const chip = chipNow(report);
    const counts = countsOf(there);
    return (
        <section>
            <h3>At that moment</h3>
            {there.length === 0 ? (
                <p>Nothing was there.</p>
            ) : (
                <>
                    <table class="figures">
                        <thead>
                            <tr>
                                <th scope="col">where</th>
                                <th scope="col">allocations</th>
                                <th scope="col">bytes</th>
                                <th scope="col"></th>
                            </tr>
                        </thead>
                        <tbody>
                            {curvesOf(report, chip).map((of) => (
                                <Part of={of} there={there} counts={counts} />
                            ))}
                        </tbody>
                    </table>
                    <p>
                        <a href={linkTo("allocations")}>allocations then</a>
                    </p>
                </>
            )}
        </section>
    );
}
