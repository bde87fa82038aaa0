#include "agents/ttmetal/runtime.hpp"

#include <cstdlib>

namespace plimsoll::ttmetal::runtime {
namespace {

// A program's own operator delete comes before the C++ library's.
constinit Symbol<void(void*)> program_delete{"_ZdlPv", find_in_program};
constinit Symbol<void(void*)> library_delete{"_ZdlPv"};

}  // namespace

void give_back(void* memory) {
    if (memory == nullptr) return;
    if (auto* release = program_delete.get()) {
        release(memory);
    } else if (auto* release_in_library = library_delete.get()) {
        release_in_library(memory);
    }
}

void give_back(const String& text) {
    if (text.bytes != text.local) give_back(text.bytes);
}

void give_back(const SharedPointer& pointer) {
    if (pointer.control == nullptr) return;
    // The control block begins with its vtable, then the count of owners. The program owns the
    // object too, so this is never the last owner; were it so, the object is leaked, not deleted.
    auto* owners = reinterpret_cast<int*>(static_cast<char*>(pointer.control) + sizeof(void*));
    if (__atomic_sub_fetch(owners, 1, __ATOMIC_ACQ_REL) == 0) {
        __atomic_add_fetch(owners, 1, __ATOMIC_ACQ_REL);
    }
}

}  // namespace plimsoll::ttmetal::runtime
