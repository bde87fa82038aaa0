import { useMemo } from "preact/hooks";
import { nameOfInstant } from "../at.ts";
import { instantsOf } from "../instants.ts";
import { levelOf, partsOf, pickAt } from "../levels.ts";
import type { Refusal } from "../report.ts";
import type { Rows } from "../rows.ts";
import { everything, history, linkTo, route } from "../state.ts";
import { bytesText, chipsText, nounOf, regionTitle, timeText } from "../words.ts";

export function refusalText(one: Refusal): string {
    const what =
        one.bytes === null ? nounOf(one.kind) : `${nounOf(one.kind)} of ${bytesText(one.bytes)}`;
    const times = one.times > 1 ? `, ${one.times} times` : "";
    const mark = one.mark ? `, after the mark "${one.mark}"` : "";
    const where = `${regionTitle(one.region)} of ${chipsText(one.devices)}`;
    const line = one.call_site ?? "at a place not known";
    return `${what} in ${where} refused${times}, ${line}${mark}`;
}

// The clock is coarse: of the moments that may be it, the one at which most was there.
function momentOf(all: Rows, { region, devices, at_ms }: Refusal): string {
    const instants = instantsOf(all);
    if (instants.length === 0) return "";
    const of = { region, part: partsOf(region)[0]!, chip: devices[0] ?? null };
    return nameOfInstant(instants, pickAt(instants, levelOf(all, of), at_ms));
}

function WayThere({ refusal }: { refusal: Refusal }) {
    const all = everything.value!;
    const at = useMemo(() => (history.value ? momentOf(all, refusal) : ""), [all, refusal]);
    if (at === "") return null;
    const options = { ...route.value.options, at };
    return <a href={linkTo("timeline", null, options)}>what was there about then</a>;
}

export function Refusals({ refusals, last }: { refusals: Refusal[]; last: number }) {
    if (refusals.length === 0) return null;
    return (
        <section>
            <h3>Refused</h3>
            <ol>
                {refusals.map((one) => (
                    <li>
                        {last > 0 && `${timeText(one.at_ms)}: `}
                        {refusalText(one)} <WayThere refusal={one} />
                    </li>
                ))}
            </ol>
        </section>
    );
}
