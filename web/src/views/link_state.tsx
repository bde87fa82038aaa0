import type { Link } from "../source.ts";
import { toldAtMs } from "../state.ts";

const TEXTS: Record<Link, string> = {
    stored: "",
    live: "live",
    paused: "paused while nobody looks",
    lost: "connection lost, trying again",
};

// How far what is shown can be trusted to be so now. The time is not read out each second.
export function LinkState({ now }: { now: Link }) {
    const time = new Date(toldAtMs.value).toTimeString().slice(0, 8);
    return (
        <span class={`link ${now}`}>
            <span role="status">{TEXTS[now]}</span> <span class="faint">as of {time}</span>
        </span>
    );
}
