import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { LevelText } from "../level_words.ts";
import { drawn, type Level } from "../levels.ts";
import { stepPath, ticksTo } from "../story.ts";
import { momentText, timeText } from "../words.ts";

// Units of the picture, which is stretched to the width there is.
const WIDTH = 1200;
const HEIGHT = 100;
const HEADROOM = 1.08; // so that the highest is not at the very edge

export interface Axis {
    lastMs: number;
}

export const leftOf = (ms: number, { lastMs }: Axis) => `${(100 * ms) / lastMs}%`;

// A line at one time in all curves.
export function Upright({
    ms,
    axis,
    kind,
    title,
}: {
    ms: number;
    axis: Axis;
    kind: string;
    title?: string;
}) {
    const x = (WIDTH * ms) / axis.lastMs;
    return (
        <line x1={x} x2={x} y1={0} y2={HEIGHT} class={kind}>
            {title && <title>{title}</title>}
        </line>
    );
}

function Flat({ bytes, most }: { bytes: number; most: number }) {
    const y = HEIGHT * (1 - bytes / most);
    return <path d={`M0,${y}H${WIDTH}`} class="capacity" />;
}

// One curve: `pick` is told the time of a click.
export function Plot(of: {
    level: Level;
    axis: Axis;
    text: LevelText;
    capacity: number | null; // null: none is drawn
    peakLink: string;
    now: { ms: number; text: string } | null;
    pick: (ms: number) => void;
    children: ComponentChildren; // more lines
}) {
    const { level, axis } = of;
    const highest = level.bytes[level.highest] ?? 0;
    const most = HEADROOM * Math.max(1, highest, of.capacity ?? 0);
    const steps = useMemo(() => drawn(level, axis.lastMs, WIDTH), [level, axis.lastMs]);
    const path = stepPath(steps, axis.lastMs, most, WIDTH, HEIGHT);
    const onClick = (event: MouseEvent) => {
        const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
        of.pick((axis.lastMs * (event.clientX - box.left)) / box.width);
    };
    const peakMs = level.ms[level.highest] ?? 0;
    return (
        <figure class="plot">
            <figcaption>
                {of.text.most} <span>{of.text.when}</span>
            </figcaption>
            <div class="field" onClick={onClick}>
                <svg
                    viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                    preserveAspectRatio="none"
                    role="img"
                    aria-label={`${of.text.most} ${of.text.when}`}
                >
                    {ticksTo(axis.lastMs, 8).map((ms) => (
                        <Upright ms={ms} axis={axis} kind="tick" />
                    ))}
                    {path !== "" && <path d={`${path}V${HEIGHT}Z`} class="area" />}
                    {of.capacity !== null && <Flat bytes={of.capacity} most={most} />}
                    {of.children}
                    <path d={path} class="line" />
                    {of.now && <Upright ms={of.now.ms} axis={axis} kind="picked" />}
                </svg>
                {level.highest >= 0 && (
                    <a
                        class="dot"
                        href={of.peakLink}
                        style={{
                            left: leftOf(peakMs, axis),
                            top: `${100 * (1 - highest / most)}%`,
                        }}
                        title={`the highest, at ${momentText(peakMs)}`}
                        aria-label={`show the highest, at ${momentText(peakMs)}`}
                        onClick={(event) => event.stopPropagation()}
                    ></a>
                )}
                {of.now && (
                    <span
                        class={`level-then ${of.now.ms > 0.85 * axis.lastMs ? "before" : ""}`}
                        style={{ left: leftOf(of.now.ms, axis) }}
                    >
                        {of.now.text}
                    </span>
                )}
            </div>
        </figure>
    );
}

export function TimeRuler({ axis }: { axis: Axis }) {
    return (
        <div class="time-ruler" aria-hidden="true">
            {ticksTo(axis.lastMs, 8).map((ms) => (
                <span
                    class={ms === 0 ? "first" : ms > 0.97 * axis.lastMs ? "last" : ""}
                    style={{ left: leftOf(ms, axis) }}
                >
                    {timeText(ms)}
                </span>
            ))}
        </div>
    );
}
