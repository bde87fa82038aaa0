import { render } from "preact";
import { embedded } from "./source.ts";
import { data, failure, follow } from "./state.ts";
import { App } from "./views/app.tsx";

follow();
embedded.start(
    (told) => {
        data.value = told;
        document.title = `Plimsoll: ${told.more.verdict}`;
    },
    (why) => {
        failure.value = why;
    },
);
render(<App />, document.getElementById("page")!);
