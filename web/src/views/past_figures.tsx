import type { Moment } from "../past.ts";
import type { Region } from "../report.ts";
import { past } from "../state.ts";
import { bytesText, regionTitle } from "../words.ts";
import { StepCurve } from "./step_curve.tsx";

function Curve({ moments, region }: { moments: readonly Moment[]; region: Region }) {
    const begin = moments[0]!.atMs;
    const steps = moments.map((one) => ({ at: one.atMs - begin, bytes: one.live[region] ?? 0 }));
    const mostBytes = steps.reduce((highest, step) => Math.max(highest, step.bytes), 0);
    const { at, bytes } = steps.at(-1)!;
    if (mostBytes === 0) return null;
    const label =
        `${regionTitle(region)} of all devices: up to ${bytesText(mostBytes)}, ` +
        `${bytesText(bytes)} now`;
    return <StepCurve steps={steps} lastMs={Math.max(1, at)} mostBytes={mostBytes} label={label} />;
}

// What this page was told while it was open; the server keeps no curve.
export function PastFigures({ regions }: { regions: Region[] }) {
    const { moments } = past.value;
    if (moments.length < 2) return null;
    return (
        <section>
            <h3>Live while this page was open</h3>
            {regions.map((region) => (
                <Curve moments={moments} region={region} />
            ))}
        </section>
    );
}
