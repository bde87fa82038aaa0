#pragma once

#include <spdlog/async.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <cstdint>
#include <memory>

namespace plimsoll::bench {

// A logger that leaves formatting and writing to a thread of its own, and drops the oldest lines
// when that falls behind. What it writes goes nowhere.
class Logger {
  public:
    Logger()
        : pool_(std::make_shared<spdlog::details::thread_pool>(8192, 1)),
          logger_(std::make_shared<spdlog::async_logger>(
              "bench", std::make_shared<spdlog::sinks::null_sink_mt>(), pool_,
              spdlog::async_overflow_policy::overrun_oldest)) {}

    void allocate(std::size_t i) { tell("allocate", i); }
    void free(std::size_t i) { tell("free", i); }

  private:
    void tell(const char* what, std::size_t i) {
        logger_->info("{} address {} bytes {} per bank {} banks {}", what, i * 32, 384, 32, 12);
    }

    std::shared_ptr<spdlog::details::thread_pool> pool_;
    std::shared_ptr<spdlog::async_logger> logger_;
};

}  // namespace plimsoll::bench
