import type { Finding, More, Report } from "../report.ts";
import { link, linkTo } from "../state.ts";
import { counted } from "../words.ts";
import { ChipGrid } from "./chip_grid.tsx";
import { Processes } from "./processes.tsx";
import { Kinds } from "./kinds.tsx";
import { Coverages } from "./coverages.tsx";

const IN_BRIEF = 3; // findings that are told in a few words already

// What others see of it, and the answer to the first question that everybody asks.
function InBrief({ finding }: { finding: Finding }) {
    const text = finding.symptom ?? finding.cause;
    const lost = finding.consequence;
    return (
        <p>
            {text} {lost && <>Is memory lost? {lost}</>}
        </p>
    );
}

function FindingList({ report }: { report: Report }) {
    if (report.findings.length === 0) return null;
    return (
        <section aria-labelledby="findings">
            <h2 id="findings">{counted(report.findings.length, "finding")}</h2>
            <ul class="findings">
                {report.findings.map((finding, at) => (
                    <li>
                        <a href={linkTo("finding", at + 1)}>
                            <span class={`severity ${finding.severity}`}>{finding.severity}</span>{" "}
                            <code>{finding.code}</code> <span>{finding.title}</span>
                        </a>
                        {at < IN_BRIEF && <InBrief finding={finding} />}
                    </li>
                ))}
            </ul>
        </section>
    );
}

// A server that has just been started.
function NothingYet() {
    return (
        <p>
            No process is watched yet. What runs with Plimsoll's agent appears here by itself:{" "}
            <code>plimsoll run -- COMMAND</code>, or <code>TT_ALLOC_TRACKING_ENABLED=1</code> where
            Plimsoll is installed in the program's Python.
        </p>
    );
}

export function Overview({ report, more }: { report: Report; more: More }) {
    return (
        <>
            {link.value !== "stored" && report.processes.length === 0 && <NothingYet />}
            <FindingList report={report} />
            {report.devices.length > 0 && <ChipGrid report={report} />}
            <Processes processes={report.processes} />
            <Kinds report={report} />
            <Coverages report={report} notes={more.notes} />
        </>
    );
}
