import { useEffect, useRef, useState } from "preact/hooks";
import type { Place } from "../report.ts";
import { allBytes, nameOf, placeOf, type Rows } from "../rows.ts";
import type { Column } from "../selection.ts";
import { pathOfPlace } from "../tree.ts";
import { setOptions } from "../state.ts";
import { bytesText, nounOf, numbersText, regionTitle, stateText, timeText } from "../words.ts";

// With the width of each in rem: the browser need not read all rows to find it.
const COLUMNS: [Column, string, (place: Place, rows: Rows, row: number) => string, number][] = [
    ["id", "id", (_, rows, row) => String(rows.id[row]), 5],
    ["kind", "kind", (place) => nounOf(place.kind), 9],
    ["region", "region", (place) => regionTitle(place.region), 6],
    ["chips", "on", (place) => numbersText(place.devices) || "–", 4],
    ["address", "address", (_, rows, row) => String(rows.address[row]), 7.5],
    ["bank", "B/bank", (place) => String(place.bytes_per_bank), 6.5],
    ["bytes", "in all", (place) => bytesText(allBytes(place)), 7],
    ["owner", "owner", (place) => pathOfPlace(place)[0]!, 6.5],
    ["program", "program", (place) => pathOfPlace(place)[1]!, 12],
    ["op", "op", (place) => pathOfPlace(place)[2]!, 15],
    ["line", "line", (place) => pathOfPlace(place)[3]!, 17],
    ["state", "state", (place) => stateText(place.state), 21],
    ["made", "made after", (_, rows, row) => timeText(rows.madeMs[row]!), 7],
    ["age", "age", (_, rows, row) => timeText(rows.ageMs[row]!), 6],
];
const WIDTH = `${COLUMNS.reduce((sum, [, , , rem]) => sum + rem, 0)}rem`;
const NUMBERS = new Set<Column>(["id", "address", "bank", "bytes", "made", "age"]);
const SPARE = 6; // rows beyond what is seen, so that scrolling shows no holes

interface Of {
    rows: Rows;
    shown: Uint32Array;
    choice: string; // what they are chosen by
    column: Column;
    falling: boolean;
    selected: number | null; // a row
}

function Heading({ column, falling }: { column: Column; falling: boolean }) {
    return (
        <tr>
            {COLUMNS.map(([name, text]) => {
                const now = name === column;
                const next = now && falling ? name : `-${name}`;
                return (
                    <th
                        scope="col"
                        class={NUMBERS.has(name) ? "number" : "word"}
                        aria-sort={now ? (falling ? "descending" : "ascending") : undefined}
                    >
                        <button
                            type="button"
                            class="plain"
                            onClick={() => setOptions({ sort: next })}
                        >
                            {text}
                            {now ? (falling ? " ↓" : " ↑") : ""}
                        </button>
                    </th>
                );
            })}
        </tr>
    );
}

// Where the row after a key is, among those that are shown.
function moved(key: string, at: number, page: number, length: number): number | null {
    const to = {
        ArrowDown: at + 1,
        ArrowUp: at - 1,
        PageDown: at + page,
        PageUp: at - page,
        Home: 0,
        End: length - 1,
    }[key];
    return to === undefined ? null : Math.max(0, Math.min(length - 1, to));
}

// Draws what is seen of however many rows, and room for the others. Rows have no key: after a filter
// or while scrolling their elements stay and get other texts, which is what takes the least time.
export function RowTable({ rows, shown, choice, column, falling, selected }: Of) {
    const box = useRef<HTMLDivElement>(null);
    const [seen, setSeen] = useState({ top: 0, height: 600, row: 24 });
    const measure = () => {
        const { scrollTop: top, clientHeight: height } = box.current!;
        const row =
            box.current!.querySelector("tbody tr.row")?.getBoundingClientRect().height || seen.row;
        const isOther = top !== seen.top || height !== seen.height || row !== seen.row;
        if (isOther) setSeen({ top, height, row });
    };
    useEffect(measure);
    useEffect(() => {
        const at = selected === null ? -1 : shown.indexOf(selected);
        box.current!.scrollTop = Math.max(0, at * seen.row - seen.height / 2);
    }, [choice, column, falling, seen.row]); // and not when the page was told anew
    const first = Math.max(0, Math.floor(seen.top / seen.row) - SPARE);
    const last = Math.min(shown.length, Math.ceil((seen.top + seen.height) / seen.row) + SPARE);
    const onKeyDown = (event: KeyboardEvent) => {
        const at = selected === null ? -1 : shown.indexOf(selected);
        const to = moved(event.key, at, Math.floor(seen.height / seen.row) - 1, shown.length);
        if (to === null || shown.length === 0) return;
        event.preventDefault();
        setOptions({ row: nameOf(rows, shown[to]!) });
        const top = to * seen.row;
        if (top < seen.top) box.current!.scrollTop = top;
        const end = top + 3 * seen.row; // below the heading, and not at the very edge
        if (end > seen.top + seen.height) box.current!.scrollTop = end - seen.height;
    };
    return (
        <div
            class="rows"
            ref={box}
            onScroll={measure}
            tabIndex={0}
            onKeyDown={onKeyDown}
            role="region"
            aria-label="Allocations"
        >
            <table class="figures" style={{ width: WIDTH }} aria-rowcount={shown.length + 1}>
                <colgroup>
                    {COLUMNS.map(([, , , rem]) => (
                        <col style={{ width: `${rem}rem` }} />
                    ))}
                </colgroup>
                <thead>
                    <Heading column={column} falling={falling} />
                </thead>
                <tbody>
                    <tr style={{ height: `${first * seen.row}px` }} aria-hidden="true"></tr>
                    {Array.from(shown.subarray(first, last), (row, at) => (
                        <tr
                            class="row"
                            aria-rowindex={first + at + 2}
                            aria-selected={row === selected}
                            onClick={() =>
                                setOptions({ row: row === selected ? "" : nameOf(rows, row) })
                            }
                        >
                            {COLUMNS.map(([name, , text]) => (
                                <td class={NUMBERS.has(name) ? "number" : "word"}>
                                    {text(placeOf(rows, row), rows, row)}
                                </td>
                            ))}
                        </tr>
                    ))}
                    <tr
                        style={{ height: `${(shown.length - last) * seen.row}px` }}
                        aria-hidden="true"
                    ></tr>
                </tbody>
            </table>
        </div>
    );
}
