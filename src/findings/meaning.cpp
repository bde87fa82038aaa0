#include "findings/meaning.hpp"

#include <array>
#include <utility>

#include "findings/codes.hpp"

namespace plimsoll::findings {
namespace {

using Row = std::pair<std::string_view, Meaning>;

constexpr std::array<Row, kCodes.size()> kMeanings = {{
    {"out-of-memory",
     {"The allocator gives a buffer the same place in every bank, so all figures are per bank. "
      "exhausted: fewer bytes are free than it needs; fragmented: enough are free, but not in one "
      "piece; larger than the bank: no bank could ever hold it, and to free what is there does "
      "not help; region too small: L1_SMALL or the trace region, which the program sets aside "
      "when it opens the device.",
      "The figures are the runtime's own: its error text has the same. Free what is named above, "
      "or keep it in DRAM, and run again; plimsoll run --fail-on out-of-memory then exits with "
      "the command's own code."}},
    {"circular-buffer-clash",
     {"Circular and dataflow buffers of a program grow upward from the start of L1, buffers "
      "downward from its end. The runtime compares the end of the program's with the lowest "
      "buffer of all cores. What lies below that end has to go, or to lie higher where there is "
      "room. A program that needs more than a core has is not helped by any free: it needs "
      "smaller blocks, or more cores.",
      "The runtime's error text names the same two addresses. Free the lowest buffers or move "
      "them to DRAM just before the op; the signature in the JSON is the same for the same clash "
      "at other addresses."}},
    {"grows-per-iteration",
     {"Of what is made at one place (line, op, owner) more stays with each iteration. Iterations "
      "are the program's own marks, or the turns of a loop that was found. Loading weights, caches "
      "that fill up and then are full, and what is gathered and given back are not taken for it. "
      "A program cache that gets a program for each new shape grows too: circular and dataflow "
      "buffers alone are a warning, they lie over each other in L1 and take no more of it.",
      "Run twice as many iterations: twice as much has to be kept. With plimsolld running, "
      "plimsoll mark NAME between two iterations and plimsoll show PID --since NAME later name "
      "what one of them left."}},
    {"process-died-holding",
     {"No destructor ran, so nothing was reported freed. What the process held is read from the "
      "table that it left behind. The allocator lived in the process, so no memory is lost.",
      "Look for who sent the signal: a time limit, the kernel's out-of-memory killer (dmesg). "
      "Reset the devices if the next run cannot open them."}},
    {"buffer-outlives-device",
     {"The close released the memory; the tensors that are left refer to nothing, and while the "
      "device was open their memory could not be used. An op may keep a table on the device with "
      "its cached program; when the process ends before the device's object does (os._exit after "
      "the close) the two cannot be told apart.",
      "Drop the reference, or ttnn.deallocate, before the close, and run again with --fail-on "
      "buffer-outlives-device. What keeps the tensor is a list or cache, a module-level variable, "
      "an attribute, or the traceback of an exception: gc.get_referrers(tensor) names it."}},
    {"left-at-exit",
     {"The program never closed the device. The runtime did so when the process ended, or nobody "
      "did (os._exit, exec). The allocator went with the process, so no memory is lost.",
      "Free and close before the end, in a 'finally' where something may fail, and run again with "
      "--fail-on left-at-exit."}},
    {"ledger-differs-from-allocator",
     {"plimsoll run --verify found other bytes than the runtime's allocator has: an allocation was "
      "missed, or one was counted that is not there. Figures of the report are off by up to the "
      "bytes named.",
      "It is a defect of Plimsoll. Run once more with --verify: whether it comes again, and after "
      "which op, is what its report needs."}},
    {"runtime-forgot-circular-buffers",
     {"The runtime reports each circular buffer allocated, destroys the program and never reports "
      "them freed. Trackers that believe it show them as left, in early releases on the mesh's "
      "first device alone. Plimsoll sees the program's destruction and ends them there. Their "
      "space is an address range of the program: no memory is lost.",
      "Run the same program with a release that reports them (releases are in 'Mended in'): the "
      "finding is gone, and so are the other tracker's leftovers."}},
    {"unattributed",
     {"No rule says until when such memory may live, because its owner or its devices are not "
      "known. It is shown and never guessed.",
      "It is a gap in Plimsoll: report it, with the release and the op that made it."}},
    {"program-cache-holds",
     {"Still there when the device closed, and destroyed with the device's own object: its program "
      "cache had kept it, with the tables that ops keep with their programs. Nobody else did, and "
      "no memory is lost.",
      "Call device.disable_and_clear_program_cache() before the close: the finding is gone."}},
    {"freed-after-device-close",
     {"Programs live in the program cache, which is destroyed after the devices are closed; their "
      "frees are reported through a device that is closed already. No memory is lost.",
      "Call device.disable_and_clear_program_cache() before the close: the frees come first, and "
      "the finding is gone."}},
}};

}  // namespace

Meaning meaning_of(std::string_view code) {
    for (const auto& [known, meaning] : kMeanings) {
        if (known == code) return meaning;
    }
    return {};
}

}  // namespace plimsoll::findings
