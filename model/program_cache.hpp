#pragma once

#include <map>
#include <memory>

#include "model/program.hpp"

namespace plimsoll::model {

// A program that an op made, and the tables that the op computed for it.
struct CachedProgram {
    std::unique_ptr<Program> program;
    std::vector<std::shared_ptr<MeshBuffer>> config_tensors;
};

// By the hash of an op and of all that its program depends on. Nothing is ever thrown out.
class ProgramCache {
  public:
    // nullptr: it is not in there.
    CachedProgram* get(std::uint64_t hash) {
        const auto found = entries_.find(hash);
        return found == entries_.end() ? nullptr : &found->second;
    }
    CachedProgram& insert(std::uint64_t hash, CachedProgram program) {
        return entries_.insert_or_assign(hash, std::move(program)).first->second;
    }
    void enable() { enabled_ = true; }
    void disable() { enabled_ = false; }
    [[nodiscard]] bool is_enabled() const { return enabled_; }
    [[nodiscard]] std::size_t num_entries() const { return entries_.size(); }
    void clear() { entries_.clear(); }

  private:
    std::map<std::uint64_t, CachedProgram> entries_;
    bool enabled_ = true;
};

}  // namespace plimsoll::model
