import { useMemo } from "preact/hooks";
import { nameOfInstant, type At } from "../at.ts";
import type { Along, Axis } from "../axis.ts";
import { instantOfChange, instantsOf } from "../instants.ts";
import { isAtLeast, levelText, titleOf } from "../level_words.ts";
import { bytesAfter, levelOf, levelTitle, partsOf, type Level, type Of } from "../levels.ts";
import { regionsOf } from "../machine.ts";
import type { Device, History, Refusal, Report } from "../report.ts";
import { atInstant, data, everything, history, linkTo, route, setOptions } from "../state.ts";
import { bytesText, momentText } from "../words.ts";
import { Plot, Ruler, Upright } from "./plot.tsx";
import { refusalText } from "./refusals.tsx";
import { WindowBands } from "./window_bands.tsx";

const READABLE = 0.2; // of a chip's capacity: below that the curve would be flat under its line

// Of which chip the curves are: null, all of them together.
export function chipNow(report: Report): Device | null {
    if (report.devices.length === 1) return report.devices[0]!;
    const wanted = route.value.options.chip;
    return report.devices.find((one) => String(one.device) === wanted) ?? null;
}

export const curvesOf = (report: Report, chip: Device | null): Of[] =>
    regionsOf(report.devices).flatMap((region) =>
        partsOf(region).map((part) => ({ region, part, chip: chip && chip.device })),
    );

function refusedHere(refusals: Refusal[], { region, chip }: Of): Refusal[] {
    return refusals.filter(
        (one) => one.region === region && (chip === null || one.devices.includes(chip)),
    );
}

// What does not move when another moment is chosen.
function Events({ of, kept, axis }: { of: Of; kept: History; axis: Axis }) {
    return (
        <>
            {kept.marks.map((one) => (
                <Upright
                    place={axis.ofEvent(one.pid, one.id, one.at_ms)}
                    axis={axis}
                    kind="mark-line"
                    title={`${one.name}, ${momentText(one.at_ms)}`}
                />
            ))}
            {refusedHere(data.value!.more.refusals, of).map((one) => (
                <Upright
                    place={axis.ofEvent(one.pid, one.id, one.at_ms)}
                    axis={axis}
                    kind="refusal"
                    title={refusalText(one)}
                />
            ))}
        </>
    );
}

const placeOf = ({ named, pid, sequence, instant }: At, axis: Axis): number =>
    named ? axis.ofEvent(pid, sequence, named.atMs) : axis.ofInstant(instant);

function Curve({
    of,
    device,
    level,
    axis,
}: {
    of: Of;
    device: Device | null;
    level: Level;
    axis: Axis;
}) {
    const all = everything.value!;
    const kept = history.value!;
    const instants = instantsOf(all);
    const at = atInstant.value;
    const isOnly = data.value!.report.devices.length === 1;
    const capacity = device?.capacity[of.region] ?? null;
    const text = useMemo(() => {
        const title = isOnly ? levelTitle(of) : titleOf(of);
        return levelText(all, level, title, isAtLeast(kept, level, of, device), capacity);
    }, [all, level]);
    const highest = level.bytes[level.highest] ?? 0;
    const isDrawn = capacity !== null && highest >= READABLE * capacity;
    const events = useMemo(() => <Events of={of} kept={kept} axis={axis} />, [level, axis]);
    const linkAt = (instant: number) => nameOfInstant(instants, instant);
    const nowPlace = at && placeOf(at, axis);
    const peak = level.highest < 0 ? -1 : instantOfChange(instants, level.change[level.highest]!);
    return (
        <Plot
            level={level}
            axis={axis}
            text={text}
            capacity={isDrawn ? capacity : null}
            peakLink={
                peak < 0
                    ? ""
                    : linkTo("timeline", null, { ...route.value.options, at: linkAt(peak) })
            }
            now={
                nowPlace === null
                    ? null
                    : {
                          place: nowPlace,
                          text: bytesText(bytesAfter(level, instants.past[at!.instant] ?? 0)),
                      }
            }
            pick={(place) =>
                instants.length > 0 && setOptions({ at: linkAt(axis.pick(level, place)) })
            }
        >
            {events}
        </Plot>
    );
}

function Choice({
    name,
    value,
    choices,
}: {
    name: string;
    value: string;
    choices: [string, string][];
}) {
    return (
        <label>
            {name}{" "}
            <select
                value={value}
                onChange={(event) => setOptions({ [name]: event.currentTarget.value })}
            >
                {choices.map(([one, text]) => (
                    <option value={one}>{text}</option>
                ))}
            </select>
        </label>
    );
}

function Choices({ report, chip, along }: { report: Report; chip: Device | null; along: Along }) {
    const chips = report.devices.map((one): [string, string] => {
        const number = String(one.device);
        return [number, number];
    });
    return (
        <p class="choices">
            {chips.length > 1 && (
                <Choice
                    name="chip"
                    value={chip ? String(chip.device) : ""}
                    choices={[["", "all of them together"], ...chips]}
                />
            )}
            <Choice
                name="along"
                value={along === "time" ? along : ""}
                choices={[
                    ["", "changes, each as wide as the next"],
                    ["time", "time"],
                ]}
            />
        </p>
    );
}

export function Curves({ axis }: { axis: Axis }) {
    const { report, more } = data.value!;
    const all = everything.value!;
    const chip = chipNow(report);
    const shown = curvesOf(report, chip)
        .map((of) => ({ of, level: levelOf(all, of) }))
        .filter(({ of, level }) => level.highest >= 0 || refusedHere(more.refusals, of).length > 0);
    return (
        <>
            <Choices report={report} chip={chip} along={axis.along} />
            {shown.map(({ of, level }) => (
                <Curve key={JSON.stringify(of)} of={of} device={chip} level={level} axis={axis} />
            ))}
            <WindowBands windows={history.value!.windows} axis={axis} />
            <Ruler axis={axis} />
            {shown.some(({ of }) => of.part === "programs") && (
                <p class="faint">
                    What programs have in L1 shares its space: the curve is the sum of all that is
                    registered, of which only what runs takes room.
                </p>
            )}
        </>
    );
}
