import { useMemo } from "preact/hooks";
import type { Place } from "../report.ts";
import { isHeld, placeOf, rowNamed, type Rows } from "../rows.ts";
import { chosen, EVERYTHING, ordered, type Choice, type Column } from "../selection.ts";
import { atInstant, data, link, route, rows, setOptions } from "../state.ts";
import { itemsOfRows } from "../tree.ts";
import { counted, nounOf, regionTitle, stateText } from "../words.ts";
import { Details } from "./details.tsx";
import { Icicle } from "./icicle.tsx";
import { RowTable } from "./row_table.tsx";

type Field = "region" | "kind" | "owner" | "state" | "chip";

const FIELDS: [Field, (place: Place) => string[], (value: string) => string][] = [
    ["region", (place) => [place.region], (value) => regionTitle(value as Place["region"])],
    ["kind", (place) => [place.kind], nounOf],
    ["owner", (place) => [place.owner], (value) => value],
    ["state", (place) => [place.state], stateText],
    ["chip", (place) => place.devices.map(String), (value) => value],
];

function choiceNow(options: Record<string, string>): Choice {
    const choice = { ...EVERYTHING, text: options.q ?? "", path: pathNow(options) };
    for (const [field] of FIELDS) choice[field] = options[field] ?? "";
    return choice;
}

function pathNow(options: Record<string, string>): string[] {
    try {
        const path: unknown = JSON.parse(options.in ?? "[]");
        return Array.isArray(path) ? path.map(String) : [];
    } catch {
        return [];
    }
}

function Filters({ of, choice }: { of: Rows; choice: Choice }) {
    const values = useMemo(
        () =>
            FIELDS.map(([, get]) =>
                [...new Set(of.places.flatMap(get))].sort((a, b) =>
                    a.localeCompare(b, "en", { numeric: true }),
                ),
            ),
        [of],
    );
    return (
        <p class="choices">
            <label>
                Search{" "}
                <input
                    id="search"
                    type="search"
                    placeholder="line, op, program, address"
                    value={choice.text}
                    onInput={(event) => setOptions({ q: event.currentTarget.value })}
                />
            </label>
            {FIELDS.map(
                ([field, , text], at) =>
                    (values[at]!.length > 1 || choice[field] !== "") && (
                        <label>
                            {field}{" "}
                            <select
                                value={choice[field]}
                                onChange={(event) =>
                                    setOptions({ [field]: event.currentTarget.value })
                                }
                            >
                                <option value="">all</option>
                                {values[at]!.map((value) => (
                                    <option value={value}>{text(value)}</option>
                                ))}
                            </select>
                        </label>
                    ),
            )}
        </p>
    );
}

function Path({ path }: { path: string[] }) {
    if (path.length === 0) return null;
    const to = (length: number) =>
        setOptions({ in: length === 0 ? "" : JSON.stringify(path.slice(0, length)) });
    return (
        <p class="choices">
            <button type="button" onClick={() => to(0)}>
                all
            </button>
            {path.map((name, at) => (
                <button type="button" onClick={() => to(at + 1)}>
                    › {name}
                </button>
            ))}
        </p>
    );
}

// Of what counts as held.
const whenText = () =>
    atInstant.value ? "there then" : link.value === "stored" ? "held at the end" : "held now";

function Nothing() {
    if (atInstant.value) return <p>Nothing was there at that moment.</p>;
    const named = data.value!.report.devices[0];
    const held = link.value === "stored" ? "was held at the end" : "is held now";
    return (
        <p>
            This report lists no allocation: nothing {held}, and none came to an unusual end.
            {named && " What the peaks were made of stands with each device."}
        </p>
    );
}

export function Allocations() {
    const all = rows.value!;
    const options = route.value.options;
    const [column, falling] = sortNow(options.sort);
    const choice = choiceNow(options);
    const key = JSON.stringify(choice);
    const order = ordered(all, column, falling);
    const shown = useMemo(() => chosen(all, order, choice), [all, order, key]);
    const items = useMemo(() => itemsOfRows(all, shown), [all, shown]);
    const selected = useMemo(
        () => (options.row === undefined ? null : rowNamed(all, options.row)),
        [all, options.row],
    );
    if (all.length === 0) return <Nothing />;
    return (
        <>
            <Filters of={all} choice={choice} />
            <Path path={choice.path} />
            <Icicle
                items={items}
                label="Bytes by owner, program, op and line"
                choose={(path) => setOptions({ in: JSON.stringify(path) })}
            />
            <p role="status">{summary(all, shown)}</p>
            <div class="beside">
                <RowTable
                    rows={all}
                    shown={shown}
                    choice={key}
                    column={column}
                    falling={falling}
                    selected={selected}
                />
                {selected !== null && <Details rows={all} row={selected} />}
            </div>
        </>
    );
}

function summary(all: Rows, shown: Uint32Array): string {
    let held = 0;
    for (const row of shown) if (isHeld(placeOf(all, row))) ++held;
    const listed = counted(all.length, "listed allocation");
    const text = `${shown.length} of ${listed}, ${held} of them ${whenText()}`;
    const more = all.count - all.length;
    if (more <= 0) return text;
    return `${text}; ${more} more are in the report's count, but not in its lists`;
}

function sortNow(text: string | undefined): [Column, boolean] {
    const falling = !text || text.startsWith("-");
    return [(text?.replace(/^-/, "") || "bytes") as Column, falling];
}
