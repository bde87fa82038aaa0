import { useMemo } from "preact/hooks";
import type { History, Mark, WindowTime } from "../report.ts";
import { linkTo, route } from "../state.ts";
import { counted, momentText } from "../words.ts";

const FEW = 20; // so many are shown at once

// A time that is a link to what was there then.
function Time({ ms, pid, id }: { ms: number; pid: number; id: number }) {
    const options = { ...route.value.options, at: `${pid}-${id}` };
    return <a href={linkTo("timeline", null, options)}>{momentText(ms)}</a>;
}

function NotListed({ listed, count }: { listed: number; count: number }) {
    return count > listed ? <p>... and {count - listed} more, which are not listed</p> : null;
}

function Marks({ marks, count }: { marks: Mark[]; count: number }) {
    if (count === 0) return null;
    return (
        <details open={marks.length <= FEW}>
            <summary>{counted(count, "mark")}</summary>
            <ol class="marks">
                {marks.map((one) => (
                    <li>
                        <Time ms={one.at_ms} pid={one.pid} id={one.id} /> {one.name}
                    </li>
                ))}
            </ol>
            <NotListed listed={marks.length} count={count} />
        </details>
    );
}

function WindowTimes({ windows, count }: { windows: WindowTime[]; count: number }) {
    if (count === 0) return null;
    return (
        <details open={windows.length <= FEW}>
            <summary>When windows were open: {counted(count, "time")}</summary>
            <table class="figures">
                <thead>
                    <tr>
                        <th scope="col">window</th>
                        <th scope="col">began</th>
                        <th scope="col">ended</th>
                        <th scope="col">lasted</th>
                    </tr>
                </thead>
                <tbody>
                    {windows.map(({ name, pid, from_ms, to_ms, id, over }) => (
                        <tr>
                            <th scope="row">{name}</th>
                            <td>
                                <Time ms={from_ms} pid={pid} id={id} />
                            </td>
                            <td>
                                {to_ms === null || over === null ? (
                                    "still open"
                                ) : (
                                    <Time ms={to_ms} pid={pid} id={over} />
                                )}
                            </td>
                            <td>{to_ms === null ? "" : momentText(to_ms - from_ms)}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
            <NotListed listed={windows.length} count={count} />
        </details>
    );
}

// What the program itself named, each a way to that moment.
export function NamedTimes({ kept }: { kept: History }) {
    const chip = route.value.options.chip; // which the links keep
    return useMemo(
        () => (
            <>
                <Marks marks={kept.marks} count={kept.marks_count} />
                <WindowTimes windows={kept.windows} count={kept.windows_count} />
            </>
        ),
        [kept, chip],
    );
}
