import assert from "node:assert/strict";
import { test } from "node:test";
import { tokenIn } from "./token.ts";

test("a token is all that stands behind the #", () => {
    assert.equal(tokenIn("#token=0123abc-._~+/="), "0123abc-._~+/=");
    for (const hash of ["", "#", "#/", "#token=", "#token=a b", "#token=a\r\nX: y", "#/token=a"]) {
        assert.equal(tokenIn(hash), null, hash);
    }
});
