import type { Device, Level } from "../report.ts";
import { figureText } from "../words.ts";

// What of all cores' L1 the allocator gave, and what programs have there, which shares its space.
export function L1Levels({ device }: { device: Device }) {
    const rows: [string, Level][] = [
        ["buffers, which the allocator gave", device.l1_buffers],
        ["programs' buffers, of those that ran last", device.circular_buffers.resident],
        ["programs' buffers, of all that are there", device.circular_buffers.registered],
    ];
    return (
        <table class="figures">
            <thead>
                <tr>
                    <th scope="col">L1 of all cores</th>
                    <th scope="col">live</th>
                    <th scope="col">peak</th>
                </tr>
            </thead>
            <tbody>
                {rows.map(([name, level]) => (
                    <tr>
                        <th scope="row">{name}</th>
                        <td>{figureText(level.live)}</td>
                        <td>{figureText(level.peak)}</td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

// Sizes that the program set at open, and did not use up.
export function Enough({ device }: { device: Device }) {
    const settings = Object.entries(device.enough);
    if (settings.length === 0) return null;
    const parts = settings.map(([name, bytes]) => `${name} = ${bytes}`);
    return <p>Would have been enough: {parts.join(", ")}.</p>;
}
