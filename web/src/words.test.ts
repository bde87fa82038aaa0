import assert from "node:assert/strict";
import { test } from "node:test";
import {
    bytesText,
    counted,
    figureText,
    numbersText,
    perCoreText,
    printable,
    shareText,
    UNKNOWN,
} from "./words.ts";

test("bytes read as in the text report", () => {
    assert.equal(bytesText(0), "0 B");
    assert.equal(bytesText(9999), "9999 B");
    assert.equal(bytesText(10000), "9.8 KiB");
    assert.equal(bytesText(10.1 * 1024 * 1024), "10.1 MiB");
    assert.equal(bytesText(1024 ** 3 - 1), "1.0 GiB", "not 1024.0 of the smaller unit");
});

test("what is not known is a dash, never 0", () => {
    assert.equal(figureText(null), UNKNOWN);
    assert.equal(figureText(undefined), UNKNOWN);
    assert.equal(figureText(0, "unknown"), UNKNOWN);
    assert.equal(perCoreText(null), UNKNOWN);
    assert.equal(shareText(null, 5), UNKNOWN);
    assert.equal(shareText(5, null), UNKNOWN);
    assert.equal(figureText(0), "0 B");
    assert.equal(figureText(4096, "at_least"), "≥ 4096 B");
});

test("a core's bytes stay in KiB", () => {
    assert.equal(perCoreText(1395589), "1362.9 KiB");
    assert.equal(perCoreText(237568, "at_least"), "≥ 232.0 KiB");
    assert.equal(perCoreText(4096), "4096 B");
});

test("shares are whole per cents", () => {
    assert.equal(shareText(0, 100), "0 %");
    assert.equal(shareText(1, 1000), "<1 %");
    assert.equal(shareText(753, 1000), "75 %");
});

test("numbers in a row are a range", () => {
    assert.equal(numbersText([0, 1, 2, 5, 7, 8]), "0..2, 5, 7, 8");
    assert.equal(numbersText([]), "");
    assert.equal(counted(2, "kernel binary"), "2 kernel binaries");
});

test("nothing in a name reorders or hides the text beside it", () => {
    assert.equal(printable("a\u202eb\x1b[2Jc\n\u2028\ufeff\u{e0041}\xad"), "a?b?[2Jc?????");
    assert.equal(printable("größe 大小 📊 <b>\ufffd"), "größe 大小 📊 <b>\ufffd");
});
