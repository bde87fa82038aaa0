import type { Refusal } from "../report.ts";
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

export function Refusals({ refusals, last }: { refusals: Refusal[]; last: number }) {
    if (refusals.length === 0) return null;
    return (
        <section>
            <h3>Refused</h3>
            <ol>
                {refusals.map((one) => (
                    <li>
                        {last > 0 && `${timeText(one.at_ms)}: `}
                        {refusalText(one)}
                    </li>
                ))}
            </ol>
        </section>
    );
}
