// What a picture of memory says in numbers, in the words of `plimsoll explain`.
import { reachOf } from "./memory_map.ts";
import type { MemoryMap } from "./report.ts";
import { bankWord, bytesText, chipsText, counted, perCoreText, regionTitle } from "./words.ts";

export const sizeText = (map: MemoryMap, bytes: number) =>
    map.region === "l1" ? perCoreText(bytes) : bytesText(bytes);

export function mapTitle(map: MemoryMap): string {
    const where = `${regionTitle(map.region)} of each ${bankWord(map.region)}, ${chipsText(map.devices)}`;
    if (!map.bank) return `${where}: where it begins and ends is not known`;
    return `${where}: ${map.bank.address} .. ${map.bank.end}, ${sizeText(map, map.bank.bytes)}`;
}

function gapSentence(map: MemoryMap): string {
    const gap = map.gap;
    if (!gap) return "";
    const { bytes, address, end } = gap;
    if (!gap.overlap) {
        return `Gap: ${bytes} B between the program's end, ${address}, and the lowest buffer, ${end}.`;
    }
    if (map.rest_is_free) {
        return (
            `Overlap: ${bytes} B; the program would end at ${end}, ` +
            `the lowest buffer is at ${address}.`
        );
    }
    return (
        `A program ends at ${end}, above the lowest buffer at ${address}: ` +
        `it was there, but did not run beside that.`
    );
}

function beyondSentence(map: MemoryMap): string {
    const [, end] = reachOf(map);
    if (!map.bank || end <= map.bank.end) return "";
    return `Beyond the memory: ${end - map.bank.end} B; it ends at ${map.bank.end}.`;
}

function holesSentence(map: MemoryMap): string {
    const isFree = map.rest_is_free && !map.lanes[0]?.of_program;
    let bytes = 0;
    let largest: [number, number] = [0, 0];
    for (const hole of map.holes) {
        bytes += hole[1] - hole[0];
        if (hole[1] - hole[0] > largest[1] - largest[0]) largest = hole;
    }
    if (bytes === 0) return isFree ? "Nothing is free." : "";
    const pieces = counted(map.holes.length, "piece");
    const size = sizeText(map, largest[1] - largest[0]);
    return (
        `${isFree ? "Free" : "Beside these"}: ${sizeText(map, bytes)} in ${pieces}, ` +
        `the largest ${size} at ${largest[0]}.`
    );
}

export function mapSentences(map: MemoryMap): string[] {
    const sentences = [gapSentence(map), beyondSentence(map), holesSentence(map)];
    if (!map.rest_is_free) sentences.push("What is white is not of this picture, or was not seen.");
    if (map.left_out > 0) {
        sentences.push(`${map.left_out} more are in the report's count, but not in its lists.`);
    }
    if (map.region === "l1") {
        sentences.push(
            "Programs' buffers begin at the lowest address, other buffers at the highest.",
        );
    }
    return sentences.filter((one) => one !== "");
}
