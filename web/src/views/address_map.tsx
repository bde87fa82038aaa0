import { mapSentences, mapTitle, sizeText } from "../map_words.ts";
import { closer, NARROW, painted, reachOf, SEVERAL } from "../memory_map.ts";
import type { Lane, MemoryMap } from "../report.ts";
import { bankWord } from "../words.ts";
import { MoreRow } from "./more_row.tsx";

const COLUMNS = 1600; // as many as a wide screen can tell apart

const hue = (holder: number) => `hue${holder % 12}`;

interface Window {
    from: number;
    to: number;
}

const place = (begin: number, end: number, { from, to }: Window) => ({
    left: `${(100 * (begin - from)) / (to - from)}%`,
    width: `${(100 * (end - begin)) / (to - from)}%`,
});

function LaneRow({ map, lane, window }: { map: MemoryMap; lane: Lane; window: Window }) {
    const cells = painted(lane, window.from, window.to, COLUMNS);
    return (
        <div class="lane">
            <span class="name" title={lane.name}>
                {lane.name}
            </span>
            <div class="bank">
                {cells.map((cell) => {
                    const holder = cell.holder === SEVERAL ? null : map.holders[cell.holder];
                    const who = holder ? holder.name : "several";
                    const text = `${cell.address} .. ${cell.last}, ${cell.last - cell.address} B: ${who}`;
                    const isWide = cell.end - cell.begin >= NARROW;
                    const at = {
                        left: `${(100 * cell.begin) / COLUMNS}%`,
                        width: `${(100 * (cell.end - cell.begin)) / COLUMNS}%`,
                    };
                    return (
                        <span
                            class={`span ${holder ? hue(cell.holder) : "several"} ${isWide ? "wide" : ""}`}
                            style={at}
                            title={text}
                        >
                            {cell.end - cell.begin > COLUMNS / 60 ? holder?.letter : ""}
                        </span>
                    );
                })}
            </div>
        </div>
    );
}

// Between what programs have, which begins at the lowest address, and the buffers above.
function GapRow({ map, window }: { map: MemoryMap; window: Window }) {
    const gap = map.gap;
    const beyond = map.bank && reachOf(map)[1] > map.bank.end ? map.bank.end : null;
    if (beyond === null && !gap) return null;
    const [begin, end] = beyond === null ? [gap!.address, gap!.end] : [beyond, reachOf(map)[1]];
    const kind = beyond !== null ? "beyond the memory" : gap!.overlap ? "overlap" : "gap";
    if (kind === "overlap" && !map.rest_is_free) return null;
    return (
        <div class="lane">
            <span class="name">{kind}</span>
            <div class="bank bare">
                <span
                    class={`mark ${kind === "gap" ? "free" : "bad"}`}
                    style={place(begin, end, window)}
                ></span>
                <span class="width" style={{ left: place(begin, end, window).left }}>
                    {sizeText(map, end - begin)}
                </span>
            </div>
        </div>
    );
}

function Bar({ map, window }: { map: MemoryMap; window: Window }) {
    return (
        <div class="bars">
            {map.lanes.map((lane) => (
                <LaneRow map={map} lane={lane} window={window} />
            ))}
            <GapRow map={map} window={window} />
            <div class="lane">
                <span class="name faint">address</span>
                <div class="ruler">
                    <span>{window.from}</span>
                    <span>{window.to}</span>
                </div>
            </div>
        </div>
    );
}

export function AddressMap({ map, title }: { map: MemoryMap; title?: string }) {
    const [from, to] = reachOf(map);
    const near = closer(map);
    return (
        <figure class="map">
            <figcaption>{title ?? mapTitle(map)}</figcaption>
            <Bar map={map} window={{ from, to }} />
            {near && (
                <>
                    <p class="faint">
                        The same, closer: {near[0]} .. {near[1]}, {sizeText(map, near[1] - near[0])}
                    </p>
                    <Bar map={map} window={{ from: near[0], to: near[1] }} />
                </>
            )}
            <p>{mapSentences(map).join(" ")}</p>
            <HolderTable map={map} />
        </figure>
    );
}

const MOST_HOLDERS = 40;

function HolderTable({ map }: { map: MemoryMap }) {
    if (map.holders.length === 0) return null;
    const more = map.holders.length - MOST_HOLDERS;
    return (
        <table class="figures holders">
            <thead>
                <tr>
                    <th scope="col"></th>
                    <th scope="col">B/{bankWord(map.region)}</th>
                    <th scope="col">owner</th>
                    <th scope="col">what, and who asked for it</th>
                </tr>
            </thead>
            <tbody>
                {map.holders.slice(0, MOST_HOLDERS).map((holder, at) => (
                    <tr>
                        <td>
                            <span class={`letter ${hue(at)}`}>{holder.letter}</span>
                        </td>
                        <td>{holder.bytes_per_bank}</td>
                        <td>{holder.owner}</td>
                        <td>{holder.name}</td>
                    </tr>
                ))}
                <MoreRow more={more} before={3} />
            </tbody>
        </table>
    );
}
