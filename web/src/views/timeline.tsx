import { regionsOf } from "../machine.ts";
import type { Region, Refusal, Report, Window } from "../report.ts";
import type { Rows } from "../rows.ts";
import { data, link, rows } from "../state.ts";
import { lastMs, stepsOf } from "../story.ts";
import {
    bytesText,
    chipsText,
    counted,
    figureText,
    nounOf,
    perCoreText,
    regionTitle,
    timeText,
} from "../words.ts";
import { Changes } from "./changes.tsx";
import { PastFigures } from "./past_figures.tsx";
import { HEIGHT, StepCurve, WIDTH } from "./step_curve.tsx";

const MOST_STEPS = 2000;

function Listed({
    all,
    region,
    last,
    refusals,
}: {
    all: Rows;
    region: Region;
    last: number;
    refusals: Refusal[];
}) {
    const steps = stepsOf(all, region, MOST_STEPS);
    const here = refusals.filter((one) => one.region === region);
    const most = steps.reduce((highest, step) => Math.max(highest, step.bytes), 0);
    if (most === 0 && here.length === 0) return null;
    const end = steps.at(-1)?.bytes ?? 0;
    const label =
        `${regionTitle(region)}: up to ${bytesText(most)} of what is listed, ` +
        `${bytesText(end)} ${link.value === "stored" ? "at the end" : "now"}`;
    const x = (atMs: number) => (WIDTH * atMs) / last;
    return (
        <StepCurve steps={steps} lastMs={last} mostBytes={most} label={label}>
            {here.map((one) => (
                <line x1={x(one.at_ms)} x2={x(one.at_ms)} y1={0} y2={HEIGHT} class="refusal">
                    <title>{refusalText(one)}</title>
                </line>
            ))}
        </StepCurve>
    );
}

function refusalText(one: Refusal): string {
    const what =
        one.bytes === null ? nounOf(one.kind) : `${nounOf(one.kind)} of ${bytesText(one.bytes)}`;
    const times = one.times > 1 ? `, ${one.times} times` : "";
    const mark = one.mark ? `, after the mark "${one.mark}"` : "";
    const where = `${regionTitle(one.region)} of ${chipsText(one.devices)}`;
    const line = one.call_site ?? "at a place not known";
    return `${what} in ${where} refused${times}, ${line}${mark}`;
}

function Refusals({ refusals, last }: { refusals: Refusal[]; last: number }) {
    if (refusals.length === 0) return null;
    return (
        <section>
            <h3>Refused</h3>
            <ol>
                {refusals.map((one) => (
                    <li>
                        {last > 0 && `${timeText(one.at_ms)}: `}
                        {refusalText(one)}
                    </li>
                ))}
            </ol>
        </section>
    );
}

// The most of any device: figures of windows are per device.
function highest(window: Window, region: Region): number | null {
    const all = window.devices.map((device) =>
        region === "l1" ? device.l1_per_core.peak : (device.peak[region] ?? null),
    );
    return all.some((one) => one === null) ? null : Math.max(0, ...(all as number[]));
}

function Windows({ report }: { report: Report }) {
    if (report.windows.length === 0) return null;
    const regions = regionsOf(report.devices);
    const most = regions.map((region) =>
        Math.max(1, ...report.windows.map((one) => highest(one, region) ?? 0)),
    );
    return (
        <section>
            <h3>Windows, in the order in which they first began</h3>
            <table class="figures words">
                <thead>
                    <tr>
                        <th scope="col">window</th>
                        <th scope="col">times</th>
                        {regions.map((region) => (
                            <th scope="col">
                                most in {region === "l1" ? "L1/core" : regionTitle(region)} of one
                                device
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {report.windows.map((window) => (
                        <tr>
                            <th scope="row">
                                {window.name}
                                {window.open ? " (still open)" : ""}
                            </th>
                            <td>{window.times}</td>
                            {regions.map((region, at) => {
                                const bytes = highest(window, region);
                                const text = region === "l1" ? perCoreText : figureText;
                                return (
                                    <td>
                                        <span
                                            class="bar"
                                            style={{
                                                width: `${(12 * (bytes ?? 0)) / most[at]!}rem`,
                                            }}
                                        ></span>{" "}
                                        {text(bytes, window.devices[0]?.coverage)}
                                    </td>
                                );
                            })}
                        </tr>
                    ))}
                </tbody>
            </table>
        </section>
    );
}

function Growths({ report }: { report: Report }) {
    const growths = report.findings.filter((finding) => finding.per_iteration);
    if (growths.length === 0) return null;
    return (
        <section>
            <h3>What grows</h3>
            <ul>
                {growths.map((one) => (
                    <li>
                        {one.title}: {bytesText(one.per_iteration!.bytes)} per iteration over{" "}
                        {counted(one.iterations ?? 0, "iteration")}, first seen with iteration{" "}
                        {one.first_seen}
                    </li>
                ))}
            </ul>
        </section>
    );
}

export function Timeline() {
    const { report, more } = data.value!;
    const all = rows.value!;
    const last = more.refusals.reduce((most, one) => Math.max(most, one.at_ms), lastMs(all));
    return (
        <>
            <h2>Timeline</h2>
            {link.value !== "stored" && (
                <>
                    <PastFigures regions={regionsOf(report.devices)} />
                    <Changes />
                    <h3>What is listed</h3>
                </>
            )}
            <p>
                Time begins with the first that is listed. What was freed in the ordinary way is
                counted, not listed; of a peak or a window a report keeps how high it was, not when.
            </p>
            {last > 0 ? (
                regionsOf(report.devices).map((region) => (
                    <Listed all={all} region={region} last={last} refusals={more.refusals} />
                ))
            ) : (
                <p>This report lists no allocation that lasted longer than its clock can tell.</p>
            )}
            <Refusals refusals={more.refusals} last={last} />
            <Windows report={report} />
            <Growths report={report} />
        </>
    );
}
