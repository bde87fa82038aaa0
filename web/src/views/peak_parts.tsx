import type { Share } from "../report.ts";
import { itemsOfShares } from "../tree.ts";
import { bytesText, counted, nounOf, shareText } from "../words.ts";
import { Icicle } from "./icicle.tsx";

// What a peak was made of: whose, and made where.
export function PeakParts({
    shares,
    peak,
    overlap,
}: {
    shares: Share[];
    peak: number | null;
    overlap: number;
}) {
    if (shares.length === 0) {
        return (
            <p>
                {peak === 0 ? "Nothing was ever held here." : "What it was made of is not known."}
            </p>
        );
    }
    return (
        <>
            <Icicle items={itemsOfShares(shares)} label="What the peak was made of" />
            {overlap > 0 && (
                <p>
                    The parts are {bytesText(overlap)} more than the peak: they lie over each other.
                </p>
            )}
            <table class="figures words">
                <thead>
                    <tr>
                        <th scope="col">bytes</th>
                        <th scope="col">share</th>
                        <th scope="col">what</th>
                        <th scope="col">owner</th>
                        <th scope="col">made at</th>
                    </tr>
                </thead>
                <tbody>
                    {shares.map((share) => (
                        <tr>
                            <td>{bytesText(share.bytes)}</td>
                            <td>{shareText(share.bytes, peak)}</td>
                            <td>
                                {counted(share.count, nounOf(share.kind))}
                                {share.program ? ` of ${share.program}` : ""}
                            </td>
                            <td>{share.owner}</td>
                            <td>{madeAt(share)}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </>
    );
}

function madeAt(share: Share): string {
    if (share.op && share.call_site) return `${share.op} at ${share.call_site}`;
    return share.call_site ?? share.op ?? "a place not known";
}
