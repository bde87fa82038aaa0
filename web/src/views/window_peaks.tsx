import { regionsOf } from "../machine.ts";
import type { Region, Report, Window } from "../report.ts";
import { figureText, perCoreText, regionTitle } from "../words.ts";

// The most of any device: figures of windows are per device.
function highest(window: Window, region: Region): number | null {
    const all = window.devices.map((device) =>
        region === "l1" ? device.l1_per_core.peak : (device.peak[region] ?? null),
    );
    return all.some((one) => one === null) ? null : Math.max(0, ...(all as number[]));
}

export function WindowPeaks({ report }: { report: Report }) {
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
