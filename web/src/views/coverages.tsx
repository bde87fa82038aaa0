import type { Coverage, Report } from "../report.ts";
import { nounOf } from "../words.ts";

const WORDS: Record<Coverage, string> = {
    exact: "exact",
    at_least: "at least",
    unknown: "not known",
};

// How far the figures reach.
export function Coverages({ report, notes }: { report: Report; notes: string[] }) {
    const coverage = report.runtime.coverage;
    return (
        <>
            {notes.length > 0 && (
                <section aria-labelledby="notes">
                    <h2 id="notes">Notes</h2>
                    <ul>
                        {notes.map((note) => (
                            <li>{note}</li>
                        ))}
                    </ul>
                </section>
            )}
            {coverage.length > 0 && (
                <details>
                    <summary>How far the figures of this release reach</summary>
                    <table class="figures words">
                        <thead>
                            <tr>
                                <th scope="col">what</th>
                                <th scope="col">figures are</th>
                                <th scope="col">because</th>
                            </tr>
                        </thead>
                        <tbody>
                            {coverage.map((one) => (
                                <tr>
                                    <th scope="row">{nounOf(one.what)}</th>
                                    <td>{WORDS[one.state]}</td>
                                    <td>{one.why}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </details>
            )}
        </>
    );
}
