# make           the release build: build/release/bin/plimsoll
# make demo      set up, build, and run an example on two releases of the runtime
# make check     set up, build, and run every check and test there is (what CI runs)
# make bench     build and run the benchmarks
# make releases  build, run programs on all releases and machines, and write docs/releases.md
# make setup     install the system packages the build and the tests need, if any is missing
# make format    format the C and C++ files; make tidy runs clang-tidy (slow)
# make install   install below PREFIX
PREFIX ?= /usr/local
PROGRAMS = plimsoll plimsolld plimsoll-ttmetal plimsoll_shared plimsoll-stub-compiler plimsoll-mock-runtime

.PHONY: build configure setup demo check bench releases format tidy install clean
build: configure
	@cmake --build --preset release --target $(PROGRAMS)

configure:
	@cmake --preset release --log-level=WARNING >/dev/null

setup:
	@tools/setup

demo: setup
	@$(MAKE) --no-print-directory build
	@tools/demo

check:
	@ci/check

bench: setup configure
	@ci/bench

releases: setup build
	@python3 tests/releases/releases.py

format: setup
	@git ls-files '*.h' '*.hpp' '*.c' '*.cpp' | xargs clang-format-14 -i

tidy: setup configure
	@ci/tidy

install: build
	@cmake --preset release -DCMAKE_INSTALL_PREFIX='$(PREFIX)' >/dev/null
	@cmake --install build/release

clean:
	rm -rf build
