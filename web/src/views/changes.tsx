import { changesOf, type Change } from "../changes.ts";
import { remember, remembered, rows } from "../state.ts";
import { bytesText, counted } from "../words.ts";
import { MoreRow } from "./more_row.tsx";

const MOST = 40;

const signed = (bytes: number) => (bytes < 0 ? "−" : "+") + bytesText(Math.abs(bytes));
const clockText = (ms: number) => new Date(ms).toTimeString().slice(0, 8);

function ChangeTable({ changes }: { changes: Change[] }) {
    const more = changes.length - MOST;
    return (
        <table class="figures words">
            <thead>
                <tr>
                    <th scope="col">change</th>
                    <th scope="col">then</th>
                    <th scope="col">now</th>
                    <th scope="col">owner, program, op, line</th>
                </tr>
            </thead>
            <tbody>
                {changes.slice(0, MOST).map(({ path, then, now }) => (
                    <tr>
                        <td>{signed(now.bytes - then.bytes)}</td>
                        <td>{then.count}</td>
                        <td>{now.count}</td>
                        <td>{path.join(", ")}</td>
                    </tr>
                ))}
                <MoreRow more={more} before={3} />
            </tbody>
        </table>
    );
}

// What has come and gone since a moment that the reader chose.
export function Changes() {
    const before = remembered.value;
    if (before === null)
        return (
            <p>
                <button type="button" onClick={remember}>
                    Compare from now on
                </button>
            </p>
        );
    const changes = changesOf(before.rows, rows.value!);
    const sum = (of: "then" | "now", what: "bytes" | "count") =>
        changes.reduce((total, one) => total + one[of][what], 0);
    const bytes = sum("now", "bytes") - sum("then", "bytes");
    const count = sum("now", "count") - sum("then", "count");
    return (
        <section>
            <h3>Since {clockText(before.atMs)}</h3>
            <p>
                {changes.length === 0
                    ? "The same lines hold as much as then. "
                    : `${signed(bytes)}, ${count < 0 ? "−" : "+"}${counted(Math.abs(count), "allocation")}. `}
                <button type="button" onClick={remember}>
                    Compare from now on
                </button>
            </p>
            {changes.length > 0 && <ChangeTable changes={changes} />}
        </section>
    );
}
