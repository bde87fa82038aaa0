#pragma once

#include <memory>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include "base/kind.hpp"
#include "base/region.hpp"
#include "model/error.hpp"
#include "model/global_semaphore.hpp"
#include "model/operation.hpp"

namespace plimsoll::proof {

// What holds memory: kind, region, address, bytes in each bank.
using Holding = std::tuple<Kind, Region, std::uint64_t, std::uint64_t>;

// A program at random on the model: a chip or a mesh, buffers, semaphores, programs that come, run
// again with other sizes and go, refusals, closes with and without things left.
//
// It is also the naive oracle: what it holds is asked of its own objects, one by one.
class RandomUser {
  public:
    RandomUser(model::MetalContext& context, std::uint32_t seed)
        : context_(context), random_(seed) {}

    void step() {
        if (mesh_ == nullptr) return open();
        try {
            act();
        } catch (const model::RuntimeError&) {
            ++refusals_;
        }
    }
    void close() {
        if (mesh_ == nullptr) return;
        mesh_->close();
        forget_all();
        mesh_.reset();
    }

    // Everything that is allocated now, and nothing else.
    [[nodiscard]] std::multiset<Holding> holdings() const;
    // nullptr: nothing is open.
    [[nodiscard]] const model::MeshDevice* mesh() const { return mesh_.get(); }
    [[nodiscard]] std::uint64_t refusals() const { return refusals_; }

  private:
    int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    template <class T>
    T& one_of(std::vector<T>& all) {
        return all[static_cast<std::size_t>(pick(static_cast<int>(all.size())))];
    }
    std::uint64_t pages(int most) { return 1 + static_cast<std::uint64_t>(pick(most)); }

    void open();
    void act();
    void allocate();
    void allocate_sharded();
    void run_program();
    void run_again();
    void add_memory(model::Program& program);
    void free_one();
    void forget_all();
    model::CoreRangeSet cores();

    model::MetalContext& context_;
    std::mt19937 random_;
    std::shared_ptr<model::MeshDevice> mesh_;
    std::vector<std::shared_ptr<model::MeshBuffer>> buffers_;
    std::vector<model::GlobalSemaphore> semaphores_;
    std::vector<std::unique_ptr<model::Program>> programs_;
    std::uint64_t refusals_ = 0;
};

}  // namespace plimsoll::proof
