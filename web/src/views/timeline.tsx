import { regionsOf } from "../machine.ts";
import type { Region, Refusal, Report } from "../report.ts";
import type { Rows } from "../rows.ts";
import { data, everything, history, link, rows } from "../state.ts";
import { lastMs, stepsOf } from "../story.ts";
import { bytesText, counted, regionTitle } from "../words.ts";
import { Changes } from "./changes.tsx";
import { HistoryCurves } from "./history_curves.tsx";
import { NamedTimes } from "./named_times.tsx";
import { PastFigures } from "./past_figures.tsx";
import { Refusals, refusalText } from "./refusals.tsx";
import { HEIGHT, StepCurve, WIDTH } from "./step_curve.tsx";
import { WindowPeaks } from "./window_peaks.tsx";

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

// Of a report that keeps no time before its end.
function ListedOnly({ all, refusals }: { all: Rows; refusals: Refusal[] }) {
    const { report } = data.value!;
    const last = lastOf(lastMs(all));
    return (
        <>
            <p>
                Time begins with the first that is listed. What was freed in the ordinary way is
                counted, not listed; of a peak or a window a report keeps how high it was, not when.
            </p>
            {last > 0 ? (
                regionsOf(report.devices).map((region) => (
                    <Listed all={all} region={region} last={last} refusals={refusals} />
                ))
            ) : (
                <p>This report lists no allocation that lasted longer than its clock can tell.</p>
            )}
        </>
    );
}

// The last moment that anything on this page is known of, when rows reach up to this one.
function lastOf(rowsMs: number): number {
    const { refusals, history } = data.value!.more;
    const marks = history?.marks.map((one) => one.at_ms) ?? [];
    const windows = history?.windows.map((one) => one.to_ms ?? one.from_ms) ?? [];
    const all = [...refusals.map((one) => one.at_ms), ...marks, ...windows];
    return all.reduce((most, one) => Math.max(most, one), rowsMs);
}

export function Timeline() {
    const { report, more } = data.value!;
    const last = lastOf(lastMs(everything.value!));
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
            {history.value ? (
                <HistoryCurves kept={history.value} lastMs={last} />
            ) : (
                <ListedOnly all={rows.value!} refusals={more.refusals} />
            )}
            <Refusals refusals={more.refusals} last={last} />
            {history.value && <NamedTimes kept={history.value} />}
            <WindowPeaks report={report} />
            <Growths report={report} />
        </>
    );
}
