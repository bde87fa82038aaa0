// Server-sent events out of a stream of text, as far as ours go: lines "data: TEXT", and an empty line
// after each. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html

const MOST = 64 << 10; // characters of one event: whoever sends more is no server of ours

export class EventReader {
    #rest = "";
    #data: string[] = [];

    // The data of each event that is whole with this part.
    push(part: string): string[] {
        const lines = (this.#rest + part).split("\n");
        this.#rest = lines.pop()!;
        if (this.#rest.length > MOST) throw new Error("an event has no end");
        const events: string[] = [];
        for (const line of lines) {
            if (line === "" && this.#data.length > 0) {
                events.push(this.#data.join("\n"));
                this.#data = [];
            } else if (line.startsWith("data:")) {
                this.#data.push(line.slice(5).replace(/^ /, ""));
            }
        }
        return events;
    }
}
