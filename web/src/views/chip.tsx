import { anyLive, regionsOf, useOf } from "../machine.ts";
import { coresOf, heldMap, picturesOf } from "../pictures.ts";
import type { Device, Region } from "../report.ts";
import { atInstant, data, history, linkTo, route, rows, setOptions } from "../state.ts";
import { figureText, perCoreText, regionTitle, shareText } from "../words.ts";
import { AddressMap } from "./address_map.tsx";
import { Enough, L1Levels } from "./l1_levels.tsx";
import { PeakParts } from "./peak_parts.tsx";

const title = (region: Region) => (region === "l1" ? "L1/core" : regionTitle(region));

function Figures({ device, regions, now }: { device: Device; regions: Region[]; now: Region }) {
    return (
        <table class="figures">
            <thead>
                <tr>
                    <th scope="col">region</th>
                    <th scope="col">{anyLive(data.value!.report) ? "live" : "left"}</th>
                    <th scope="col">peak</th>
                    <th scope="col">of</th>
                    <th scope="col">peak's share</th>
                </tr>
            </thead>
            <tbody>
                {regions.map((region) => {
                    const text = region === "l1" ? perCoreText : figureText;
                    const live = useOf(device, region, "live");
                    const peak = useOf(device, region, "peak");
                    return (
                        <tr class={region === now ? "now" : ""}>
                            <th scope="row">
                                <a
                                    href={linkTo("chip", device.device, { region })}
                                    aria-current={region === now ? "true" : undefined}
                                >
                                    {title(region)}
                                </a>
                            </th>
                            <td>{text(live.value, live.coverage)}</td>
                            <td>{text(peak.value, peak.coverage)}</td>
                            <td>{text(peak.capacity)}</td>
                            <td>
                                {shareText(
                                    peak.coverage === "unknown" ? null : peak.value,
                                    peak.capacity,
                                )}
                            </td>
                        </tr>
                    );
                })}
            </tbody>
        </table>
    );
}

function NoPicture({ where }: { where: string }) {
    if (atInstant.value) return <p>Nothing that is listed lay in {where} at that moment.</p>;
    return (
        <p>
            Nothing that this report lists as held lies in {where}.{" "}
            {history.value ? (
                <>
                    The <a href={linkTo("timeline")}>timeline</a> leads to what was freed before.
                </>
            ) : (
                "What was freed before the end is counted, its addresses are not kept."
            )}{" "}
            What the peak was made of stands below.
        </p>
    );
}

function Pictures({ device, region }: { device: Device; region: Region }) {
    const isThen = atInstant.value !== null;
    const all = picturesOf(data.value!, rows.value!, device, region, isThen);
    const wanted = route.value.options.picture;
    const shown = all.find((one) => one.key === wanted) ?? all[0];
    if (!shown) return <NoPicture where={`${title(region)} of device ${device.device}`} />;
    const cores = shown.isOf === "rows" && region === "l1" ? coresOf(rows.value!, device) : [];
    const core = cores.find((one) => `${one.x}-${one.y}` === route.value.options.core) ?? null;
    const map = shown.map ?? heldMap(data.value!, rows.value!, device, region, core, isThen);
    return (
        <>
            <p class="choices">
                <label>
                    Picture{" "}
                    <select
                        value={shown.key}
                        onChange={(event) => setOptions({ picture: event.currentTarget.value })}
                    >
                        {all.map((one) => (
                            <option value={one.key}>{one.name}</option>
                        ))}
                    </select>
                </label>
                {cores.length > 0 && (
                    <label>
                        Core{" "}
                        <select
                            value={core ? `${core.x}-${core.y}` : ""}
                            onChange={(event) => setOptions({ core: event.currentTarget.value })}
                        >
                            <option value="">all cores, laid over each other</option>
                            {cores.map((one) => (
                                <option value={`${one.x}-${one.y}`}>
                                    {one.x}-{one.y}
                                </option>
                            ))}
                        </select>
                    </label>
                )}
                {shown.isOf === "finding" && (
                    <a href={linkTo("finding", Number(shown.key))}>what it says</a>
                )}
            </p>
            <AddressMap map={map} />
        </>
    );
}

export function Chip({ device }: { device: Device }) {
    const regions = regionsOf([device]);
    const region = regions.find((one) => one === route.value.options.region) ?? regions[0]!;
    const shares = region === "l1" ? device.l1_per_core.at_peak : (device.at_peak[region] ?? []);
    const peak = useOf(device, region, "peak");
    const overlap =
        region === "l1"
            ? device.l1_per_core.overlap_at_peak
            : (device.overlap_at_peak[region] ?? 0);
    const text = region === "l1" ? perCoreText : figureText;
    return (
        <>
            <h2>
                Device {device.device}
                <small>
                    {" "}
                    {device.arch ?? "architecture not known"},{" "}
                    {device.mesh === null ? "in no mesh" : `mesh ${device.mesh}`}, {device.state}
                </small>
            </h2>
            <Figures device={device} regions={regions} now={region} />
            <Enough device={device} />
            {region === "l1" && <L1Levels device={device} />}
            <h3>Address map of {title(region)}</h3>
            <Pictures device={device} region={region} />
            <h3>
                At the peak of {title(region)}, {text(peak.value, peak.coverage)}
            </h3>
            <PeakParts shares={shares} peak={peak.value} overlap={overlap} />
        </>
    );
}
