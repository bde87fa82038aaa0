import type { ComponentChildren } from "preact";
import { stepPath, ticksTo, type Step } from "../story.ts";
import { timeText } from "../words.ts";

export const WIDTH = 1200;
export const HEIGHT = 160;

// Bytes over time, from 0 to `lastMs`; `label` is all that it tells, for whoever cannot see it.
export function StepCurve(of: {
    steps: readonly Step[];
    lastMs: number;
    mostBytes: number;
    label: string;
    children?: ComponentChildren;
}) {
    const x = (ms: number) => (WIDTH * ms) / of.lastMs;
    const path = stepPath(of.steps, of.lastMs, of.mostBytes, WIDTH, HEIGHT);
    return (
        <figure>
            <figcaption>{of.label}</figcaption>
            <svg
                viewBox={`0 -8 ${WIDTH} ${HEIGHT + 30}`}
                role="img"
                aria-label={of.label}
                class="steps"
            >
                {path !== "" && <path d={`${path}V${HEIGHT}Z`} class="area" />}
                <path d={path} class="line" />
                {of.children}
                <path d={`M0,${HEIGHT}H${WIDTH}`} class="axis" />
                {ticksTo(of.lastMs, 8).map((ms) => (
                    <text
                        x={x(ms)}
                        y={HEIGHT + 16}
                        text-anchor={ms === 0 ? "start" : x(ms) > WIDTH - 30 ? "end" : "middle"}
                    >
                        {timeText(ms)}
                    </text>
                ))}
            </svg>
        </figure>
    );
}
