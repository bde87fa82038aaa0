#pragma once

#include <map>
#include <optional>
#include <string>

#include "ledger/places.hpp"
#include "symbols/elf_file.hpp"

namespace plimsoll::symbols {

// Whether a frame is only a place in a file of code, "/path/lib.so+0x1234", that could be named.
bool is_place(const ledger::Frame& frame);

// Names such places from the files themselves.
//
// Trust:  a watched process chose the paths, see ElfFile; and the libraries that read files of code
//         are not proof against every one. So only in a process that may end: see apart.hpp.
// Limits: 64 files
class PlaceReader {
  public:
    // Function, and line where the compiler told it; the frame itself where there is no name.
    ledger::Frame named(const std::string& place);

  private:
    const std::optional<ElfFile>* file_at(const std::string& path);

    std::map<std::string, std::optional<ElfFile>> files_;
};

}  // namespace plimsoll::symbols
