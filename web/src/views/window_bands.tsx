import { useMemo } from "preact/hooks";
import { bandsOf } from "../bands.ts";
import type { WindowTime } from "../report.ts";
import { momentText } from "../words.ts";
import { leftOf, type Axis } from "./plot.tsx";

const MOST_LANES = 4;
const HUES = 12;

export const timesText = ({ from_ms, to_ms }: WindowTime) =>
    `${momentText(from_ms)} .. ${to_ms === null ? "open at the end" : momentText(to_ms)}`;

// When windows were open, below the curves and along the same time.
export function WindowBands({ windows, axis }: { windows: WindowTime[]; axis: Axis }) {
    const { lanes, left_out } = useMemo(() => bandsOf(windows, MOST_LANES), [windows]);
    const names = [...new Set(windows.map((one) => one.name))];
    return useMemo(
        () => (
            <div class="bands">
                {lanes.map((lane) => (
                    <div class="band-lane">
                        {lane.map((one) => (
                            <span
                                class={`band hue${names.indexOf(one.name) % HUES}`}
                                style={{
                                    left: leftOf(one.from_ms, axis),
                                    width: leftOf((one.to_ms ?? axis.lastMs) - one.from_ms, axis),
                                }}
                                title={`${one.name}, ${timesText(one)}`}
                            >
                                <span>{one.name}</span>
                            </span>
                        ))}
                    </div>
                ))}
                {left_out > 0 && (
                    <p class="faint">{left_out} more windows were open beside these.</p>
                )}
            </div>
        ),
        [windows, axis],
    );
}
