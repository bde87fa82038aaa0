import { askedText } from "../event_words.ts";
import type { Refusal } from "../report.ts";
import { history, linkTo, route } from "../state.ts";
import { chipsText, timeText } from "../words.ts";

export function refusalText(one: Refusal): string {
    const times = one.times > 1 ? `, ${one.times} times` : "";
    const mark = one.mark ? `, after the mark "${one.mark}"` : "";
    const line = one.call_site ?? "at a place not known";
    return `${askedText(one)} of ${chipsText(one.devices)} refused${times}, ${line}${mark}`;
}

function WayThere({ refusal }: { refusal: Refusal }) {
    if (!history.value) return null;
    const options = { ...route.value.options, at: `${refusal.pid}-${refusal.id}` };
    return <a href={linkTo("timeline", null, options)}>what was there then</a>;
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
