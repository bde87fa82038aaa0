import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Axis } from "../axis.ts";
import type { LevelText } from "../level_words.ts";
import { drawn, type Level } from "../levels.ts";
import { stepPath, ticksTo } from "../story.ts";
import { momentText } from "../words.ts";

// Units of the picture, which is stretched to the width there is.
const WIDTH = 1200;
const HEIGHT = 100;
const HEADROOM = 1.08; // so that the highest is not at the very edge

export const leftOf = (place: number, { last }: Axis) => `${(100 * place) / last}%`;

// A line at one place in all curves.
export function Upright({
    place,
    axis,
    kind,
    title,
}: {
    place: number;
    axis: Axis;
    kind: string;
    title?: string;
}) {
    const x = (WIDTH * place) / axis.last;
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

// One curve: `pick` is told the place of a click.
export function Plot(of: {
    level: Level;
    axis: Axis;
    text: LevelText;
    capacity: number | null; // null: none is drawn
    peakLink: string;
    now: { place: number; text: string } | null;
    pick: (place: number) => void;
    children: ComponentChildren; // more lines
}) {
    const { level, axis } = of;
    const highest = level.bytes[level.highest] ?? 0;
    const most = HEADROOM * Math.max(1, highest, of.capacity ?? 0);
    const places = useMemo(() => axis.ofLevel(level), [level, axis]);
    const steps = useMemo(() => drawn(level, places, axis.last, WIDTH), [level, places]);
    const path = stepPath(steps, axis.last, most, WIDTH, HEIGHT);
    const onClick = (event: MouseEvent) => {
        const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
        of.pick((axis.last * (event.clientX - box.left)) / box.width);
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
                    {ticksTo(axis.last, 8).map((place) => (
                        <Upright place={place} axis={axis} kind="tick" />
                    ))}
                    {path !== "" && <path d={`${path}V${HEIGHT}Z`} class="area" />}
                    {of.capacity !== null && <Flat bytes={of.capacity} most={most} />}
                    {of.children}
                    <path d={path} class="line" />
                    {of.now && <Upright place={of.now.place} axis={axis} kind="picked" />}
                </svg>
                {level.highest >= 0 && (
                    <a
                        class="dot"
                        href={of.peakLink}
                        style={{
                            left: leftOf(places[level.highest]!, axis),
                            top: `${100 * (1 - highest / most)}%`,
                        }}
                        title={`the highest, at ${momentText(peakMs)}`}
                        aria-label={`show the highest, at ${momentText(peakMs)}`}
                        onClick={(event) => event.stopPropagation()}
                    ></a>
                )}
                {of.now && (
                    <span
                        class={`level-then ${of.now.place > 0.85 * axis.last ? "before" : ""}`}
                        style={{ left: leftOf(of.now.place, axis) }}
                    >
                        {of.now.text}
                    </span>
                )}
            </div>
        </figure>
    );
}

export function Ruler({ axis }: { axis: Axis }) {
    return (
        <div class="ruler-below" aria-hidden="true">
            {ticksTo(axis.last, 8).map((place) => (
                <span
                    class={place === 0 ? "first" : place > 0.97 * axis.last ? "last" : ""}
                    style={{ left: leftOf(place, axis) }}
                >
                    {axis.text(place)}
                </span>
            ))}
        </div>
    );
}
