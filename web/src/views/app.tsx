import { useEffect, useState } from "preact/hooks";
import { KEYS, listen } from "../keys.ts";
import type { View } from "../route.ts";
import { data, failure, link, linkTo, route } from "../state.ts";
import { Allocations } from "./allocations.tsx";
import { Chip } from "./chip.tsx";
import { FindingView } from "./finding.tsx";
import { LinkState } from "./link_state.tsx";
import { MomentBar } from "./moment_bar.tsx";
import { Overview } from "./overview.tsx";
import { Timeline } from "./timeline.tsx";

const TABS: [View, string][] = [
    ["overview", "Overview"],
    ["allocations", "Allocations"],
    ["timeline", "Timeline"],
];

function Shown() {
    const { report, more } = data.value!;
    const { view, number } = route.value;
    if (view === "chip") {
        const device = report.devices.find((one) => one.device === number);
        if (device) return <Chip device={device} />;
        return <p>There is no device {number} in this report.</p>;
    }
    if (view === "finding") {
        const at = (number ?? 0) - 1;
        if (report.findings[at]) return <FindingView at={at} />;
        return <p>This report has no finding {number}.</p>;
    }
    if (view === "allocations") return <Allocations />;
    if (view === "timeline") return <Timeline />;
    return <Overview report={report} more={more} />;
}

function Help({ close }: { close: () => void }) {
    return (
        <aside class="help" aria-label="Keys">
            <h2>Keys</h2>
            <dl>
                {KEYS.map(([key, what]) => (
                    <>
                        <dt>
                            <kbd>{key}</kbd>
                        </dt>
                        <dd>{what}</dd>
                    </>
                ))}
            </dl>
            <button type="button" onClick={close}>
                Close
            </button>
        </aside>
    );
}

export function App() {
    const [help, setHelp] = useState(false);
    useEffect(() => listen((open) => setHelp((before) => open ?? !before)), []);
    if (failure.value)
        return (
            <main>
                <p role="alert">{failure.value}</p>
            </main>
        );
    if (!data.value)
        return (
            <main>
                <p>Loading</p>
            </main>
        );
    const { report, more } = data.value;
    return (
        <>
            <header>
                <nav aria-label="Views">
                    <strong>plimsoll</strong>
                    {TABS.map(([view, name]) => (
                        <a
                            href={linkTo(view)}
                            aria-current={route.value.view === view ? "page" : undefined}
                        >
                            {name}
                        </a>
                    ))}
                    {link.value !== "stored" && <LinkState now={link.value} />}
                    <button
                        type="button"
                        class="plain"
                        onClick={() => setHelp(!help)}
                        aria-expanded={help}
                    >
                        Keys <kbd>?</kbd>
                    </button>
                </nav>
                <h1>{more.verdict}</h1>
                <p class="run">
                    {more.run.map((part) => (
                        <span>{part}</span>
                    ))}
                </p>
            </header>
            {help && <Help close={() => setHelp(false)} />}
            <main>
                <MomentBar />
                <Shown />
            </main>
            <footer>
                <p>
                    Active allocations: {report.totals.active_allocations ?? "– (nothing attached)"}
                    {" · "}
                    {link.value === "stored" ? "written" : "told"} by plimsoll {report.plimsoll}
                </p>
            </footer>
        </>
    );
}
