import type { Process } from "../report.ts";
import { link } from "../state.ts";
import { counted } from "../words.ts";

function endOf(process: Process): string {
    if (process.state === "running") return "running";
    if (process.exit.signal !== null) return `killed by signal ${process.exit.signal}`;
    return process.exit.code === null ? "ended" : `exit ${process.exit.code}`;
}

// The one process of a report is the command itself and needs no table.
export function Processes({ processes }: { processes: Process[] }) {
    if (processes.length < (link.value === "stored" ? 2 : 1)) return null;
    return (
        <section aria-labelledby="processes">
            <h2 id="processes">{counted(processes.length, "process")}</h2>
            <table class="figures words">
                <thead>
                    <tr>
                        <th scope="col">pid</th>
                        <th scope="col">refused</th>
                        <th scope="col">process</th>
                        <th scope="col">state</th>
                        <th scope="col">holds, or held at its end</th>
                    </tr>
                </thead>
                <tbody>
                    {processes.map((process) => (
                        <tr>
                            <th scope="row">{process.pid}</th>
                            <td>{process.refused_allocations}</td>
                            <td>{process.name}</td>
                            <td>{endOf(process)}</td>
                            <td>{process.held_count}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </section>
    );
}
