import { nameOfInstant } from "../at.ts";
import { instantAt, instantsOf } from "../instants.ts";
import { allBytes, isHeld, nameOf, placeOf, type Rows } from "../rows.ts";
import { everything, findingOf, history, linkTo } from "../state.ts";
import { bytesText, chipsText, nounOf, regionTitle, stateText } from "../words.ts";

const coresText = (cores: [number, number, number, number][] | null) =>
    cores === null
        ? "every one"
        : cores.map(([x0, y0, x1, y1]) => `${x0}-${y0}..${x1}-${y1}`).join(", ");

// To the moments at which it came and went.
function WaysThere({ rows, row }: { rows: Rows; row: number }) {
    if (!history.value) return null;
    const all = instantsOf(everything.value!);
    const { pid } = placeOf(rows, row);
    const over = rows.over[row]!;
    const before = over > 0 ? instantAt(all, pid, over) - 1 : -1;
    const at = (name: string) => linkTo("allocations", null, { row: nameOf(rows, row), at: name });
    return (
        <>
            <a href={at(`${pid}-${rows.id[row]}`)}>when it was made</a>
            {before >= 0 && <a href={at(nameOfInstant(all, before))}>just before it was freed</a>}
        </>
    );
}

// All that is known of one allocation.
export function Details({ rows, row }: { rows: Rows; row: number }) {
    const place = placeOf(rows, row);
    const finding = findingOf.value.get(`${place.pid} ${rows.id[row]}`);
    const address = rows.address[row]!;
    const program = place.program;
    const facts: [string, string][] = [
        ["state", stateText(place.state)],
        ["process", String(place.pid)],
        ["on", chipsText(place.devices)],
        [
            "cores or banks",
            place.cores
                ? `cores ${coresText(place.cores)}`
                : `${place.banks ?? "an unknown number of"} banks`,
        ],
        ["address", `${address} .. ${address + place.bytes_per_bank} in each`],
        ["requested", `${bytesText(place.bytes)} on one device`],
        [
            "takes",
            `${place.bytes_per_bank} B in each, ${bytesText(place.occupied_bytes)} on one device, ` +
                `${bytesText(allBytes(place))} in all`,
        ],
        ["owner", place.owner === "unknown" ? "not known" : place.owner],
        ["program", program ? `${program.id ?? ""} ${program.label ?? ""}` : "none"],
        ["op", place.op ?? "not known"],
    ];
    return (
        <aside class="details" aria-label="The chosen allocation">
            <h3>
                {nounOf(place.kind)} {rows.id[row]} in {regionTitle(place.region)}
            </h3>
            <dl>
                {facts.map(([name, value]) => (
                    <>
                        <dt>{name}</dt>
                        <dd>{value}</dd>
                    </>
                ))}
                <dt>lines</dt>
                <dd>
                    {place.call_sites.length === 0
                        ? (place.call_site ?? "not known")
                        : place.call_sites.map((site) => <div>{site}</div>)}
                </dd>
                {place.inside && (
                    <>
                        <dt>inside</dt>
                        <dd>
                            {place.inside.map((site) => (
                                <div>{site}</div>
                            ))}
                        </dd>
                    </>
                )}
            </dl>
            <p class="links">
                {finding && <a href={linkTo("finding", finding)}>Finding {finding}</a>}
                <WaysThere rows={rows} row={row} />
                {isHeld(place) && place.devices[0] !== undefined && (
                    <a
                        href={linkTo("chip", place.devices[0], {
                            region: place.region,
                            picture: "held",
                        })}
                    >
                        On the map of device {place.devices[0]}
                    </a>
                )}
            </p>
        </aside>
    );
}
