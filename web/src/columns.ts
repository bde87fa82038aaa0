// Columns of numbers. `Float64Array.from` with a function takes ten times as long as these loops.

export function numbersTo(count: number): Uint32Array<ArrayBuffer> {
    const numbers = new Uint32Array(count);
    for (let at = 0; at < count; ++at) numbers[at] = at;
    return numbers;
}

// What stands in a column at these places.
export function gathered(
    column: Float64Array | Uint32Array | number[],
    places: Uint32Array,
): Float64Array<ArrayBuffer> {
    const found = new Float64Array(places.length);
    for (let at = 0; at < places.length; ++at) found[at] = column[places[at]!]!;
    return found;
}

// How many of these, which rise, are at most so much.
export function upTo(rising: ArrayLike<number>, most: number): number {
    let [from, to] = [0, rising.length];
    while (from < to) {
        const middle = (from + to) >> 1;
        if (rising[middle]! <= most) from = middle + 1;
        else to = middle;
    }
    return from;
}

// The same places, so that their keys rise; those with equal keys stay in their order. Several times as
// fast as a sort that calls a function to compare.
export function sortedBy(
    places: Uint32Array<ArrayBuffer>,
    key: Float64Array,
): Uint32Array<ArrayBuffer> {
    const keys = gathered(key, places);
    if (keys.every((one, at) => at === 0 || keys[at - 1]! <= one)) return places;
    const rising = keys.slice().sort();
    const placed = new Uint32Array(places.length + 1); // of those with equal keys, by their end
    const sorted = new Uint32Array(places.length);
    for (let at = places.length - 1; at >= 0; --at) {
        const end = upTo(rising, keys[at]!);
        sorted[end - ++placed[end]!] = places[at]!;
    }
    return sorted;
}
