import type { Report } from "../report.ts";
import { nounOf } from "../words.ts";

// How many were allocated and freed, and what the runtime itself reported of it.
export function Kinds({ report }: { report: Report }) {
    const kinds = Object.entries(report.by_kind);
    if (kinds.length === 0) return null;
    const unsure = new Set(
        report.runtime.coverage.filter((one) => one.state !== "exact").map((one) => one.what),
    );
    const died = kinds.some(([, use]) => use.ended_with_process > 0);
    const left = report.processes.some((process) => process.state === "running") ? "live" : "left";
    return (
        <section aria-labelledby="kinds">
            <h2 id="kinds">Allocated and freed</h2>
            <table class="figures">
                <thead>
                    <tr>
                        <th scope="col">kind</th>
                        <th scope="col">allocated</th>
                        <th scope="col">freed</th>
                        <th scope="col">reported freed</th>
                        {died && <th scope="col">ended with its process</th>}
                        <th scope="col">{left}</th>
                    </tr>
                </thead>
                <tbody>
                    {kinds.map(([kind, use]) => {
                        const count = (number: number) =>
                            unsure.has(kind) ? `≥ ${number}` : String(number);
                        const reports = use.reported_allocations > 0;
                        const forgot = reports && use.reported_frees < use.frees;
                        return (
                            <tr>
                                <th scope="row">{nounOf(kind)}</th>
                                <td>{count(use.allocations)}</td>
                                <td>{count(use.frees)}</td>
                                <td class={forgot ? "differs" : ""}>
                                    {reports ? use.reported_frees : "–"}
                                </td>
                                {died && <td>{use.ended_with_process}</td>}
                                <td>{count(use.live)}</td>
                            </tr>
                        );
                    })}
                </tbody>
            </table>
        </section>
    );
}
