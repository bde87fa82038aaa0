import { nameOfInstant } from "../at.ts";
import { instantsOf } from "../instants.ts";
import { levelOf, partsOf, pickAt } from "../levels.ts";
import type { Refusal } from "../report.ts";
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
function WayThere({ refusal }: { refusal: Refusal }) {
    const instants = history.value && instantsOf(everything.value!);
    if (!instants || instants.length === 0) return null;
    const [part] = partsOf(refusal.region);
    const of = { region: refusal.region, part: part!, chip: refusal.devices[0] ?? null };
    const at = pickAt(instants, levelOf(everything.value!, of), refusal.at_ms);
    const options = { ...route.value.options, at: nameOfInstant(instants, at) };
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
