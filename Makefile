# make           the release build: build/release/bin/plimsoll
# make demo      set up, build, show plimsoll demo, and an example on two releases of the runtime
# make check     set up, build, and run every check and test there is (what CI runs)
# make page-check  the page in a browser, which must be installed: chromium, or PLIMSOLL_BROWSER
# make collector-check  what an OpenTelemetry collector makes of the metrics; compiles one first, which
#                needs Go 1.26 and takes minutes
# make bench     build and run the benchmarks
# make releases  build, run programs on all releases and machines, and write docs/releases.md
# make proof     10 million random events of the model against the ledger, 1000 programs of each sort
#                with planted defects, then 200 random programs per release on the model and on the
#                real runtime; takes long
# make kill-points  kill writer, readers and server at every instruction or system call; takes long
# make fuzz      each fuzzer for a minute (FUZZ_S=60); needs clang and its runtime
# make judged    the example tests of pytest's plugin, 180 times: in any order, alone and in two
#                processes, devices of each scope; takes an hour
# make soak      16 processes that come, go and are killed for half an hour (MINUTES=30)
# make setup     install the system packages the build and the tests need, if any is missing
# make format    format the C and C++ files; make tidy runs clang-tidy (slow)
# make install   install below PREFIX
# make wheel     the wheel for pip, in build/wheel
# make deb       the Debian package, in build
PREFIX ?= /usr/local
MINUTES ?= 30
FUZZ_S ?= 60
FUZZERS = segment protocol handover config report http
PROGRAMS = plimsoll plimsolld plimsoll-ttmetal plimsoll_shared plimsoll-reader plimsoll-stub-compiler \
           plimsoll-mock-runtime pages

.PHONY: build configure setup demo check page-check collector-check bench proof kill-points judged fuzz soak releases format tidy install wheel deb clean
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

page-check: setup
	@ci/check browser

# Without the hundred ways to find what to scrape: the configuration names it.
collector-check: setup build
	@cd tests/collector && go build -tags remove_all_sd -o ../../build/collector .
	@/usr/bin/python3 -m pytest -q -p no:cacheprovider tests/collector

bench: setup configure
	@ci/bench

proof: setup build
	@cmake --build --preset release --target history_test planted_test on_model story
	@PLIMSOLL_PROOF_EVENTS=10000000 build/release/bin/history_test --gtest_filter='*EveryPrefix'
	@PLIMSOLL_PROOF_PLANTED=1000 build/release/bin/planted_test
	@PLIMSOLL_PROOF=200 /usr/bin/python3 -m pytest -q -p no:cacheprovider tests/e2e/test_model_agrees.py

kill-points: setup build
	@cmake --build --preset release --target client_test
	@PLIMSOLL_KILL_POINTS=all build/release/bin/client_test --gtest_filter='*KillAtEveryInstruction*'
	@PLIMSOLL_KILL_POINTS=all /usr/bin/python3 -m pytest -q -s -p no:cacheprovider tests/e2e/test_kill_points.py

fuzz: setup
	@cmake --preset fuzz --log-level=WARNING >/dev/null
	@cmake --build --preset fuzz --target $(FUZZERS:%=%_fuzzer)
	@for name in $(FUZZERS); do mkdir -p build/fuzz/corpus/$$name && \
	  build/fuzz/bin/$${name}_fuzzer -max_total_time=$(FUZZ_S) -print_final_stats=1 \
	    -artifact_prefix=build/fuzz/ build/fuzz/corpus/$$name fuzz/corpus/$$name || exit 1; done

judged: setup build
	@PLIMSOLL_JUDGED=all /usr/bin/python3 -m pytest -q -p no:cacheprovider tests/e2e/test_judged.py \
	  -k each_verdict

soak: setup build
	@/usr/bin/python3 tests/soak.py --minutes $(MINUTES)

releases: setup build
	@python3 tests/releases/releases.py

format: setup
	@git ls-files '*.h' '*.hpp' '*.c' '*.cpp' | xargs clang-format-14 -i

tidy: setup configure
	@ci/tidy

install: build
	@cmake --preset release -DCMAKE_INSTALL_PREFIX='$(PREFIX)' >/dev/null
	@cmake --install build/release

wheel: setup build
	@tools/wheel

deb: setup build
	@cd build/release && cpack -G DEB -B .. >../deb.log 2>&1 || { cat ../deb.log; exit 1; }
	@rm -rf build/_CPack_Packages
	@ls build/plimsoll_*.deb

clean:
	rm -rf build
