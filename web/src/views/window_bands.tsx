import { useMemo } from "preact/hooks";
import type { Axis } from "../axis.ts";
import { bandsOf, type Band } from "../bands.ts";
import type { WindowTime } from "../report.ts";
import { momentText } from "../words.ts";
import { leftOf } from "./plot.tsx";

const MOST_LANES = 4;
const HUES = 12;

export const timesText = ({ from_ms, to_ms }: WindowTime) =>
    `${momentText(from_ms)} .. ${to_ms === null ? "open at the end" : momentText(to_ms)}`;

const bandOf = (window: WindowTime, axis: Axis): Band => ({
    window,
    from: axis.ofEvent(window.pid, window.id, window.from_ms),
    to:
        window.over === null
            ? axis.last
            : axis.ofEvent(window.pid, window.over, window.to_ms ?? window.from_ms),
});

// When windows were open, below the curves and along the same axis.
export function WindowBands({ windows, axis }: { windows: WindowTime[]; axis: Axis }) {
    const { lanes, left_out } = useMemo(
        () =>
            bandsOf(
                windows.map((one) => bandOf(one, axis)),
                MOST_LANES,
            ),
        [windows, axis],
    );
    const names = [...new Set(windows.map((one) => one.name))];
    return useMemo(
        () => (
            <div class="bands">
                {lanes.map((lane) => (
                    <div class="band-lane">
                        {lane.map(({ window: one, from, to }) => (
                            <span
                                class={`band hue${names.indexOf(one.name) % HUES}`}
                                style={{
                                    left: leftOf(from, axis),
                                    width: leftOf(to - from, axis),
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
