"""Each rule of check_layers.py has a tree that breaks it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_layers  # noqa: E402

LAYERS = {
    "src/base": [],
    "src/ledger": ["src/base/ids.hpp"],
    "src/view": ["src/ledger"],
    "tests": ["*"],
}
ONLY = {"dlfcn.h": ["src/base/load.cpp"]}


def found(root, tree, layers=None):
    for name, text in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return list(check_layers.problems(root, sorted(tree), layers or LAYERS, ONLY))


GOOD = {
    "src/base/ids.hpp": "#include <vector>\n",
    "src/base/load.cpp": "#include <dlfcn.h>\n",
    "src/ledger/a.cpp": '#include "base/ids.hpp"\n',
    "src/view/b.cpp": '#include "ledger/a.cpp"\n',
    "tests/c.cpp": '#include "view/b.cpp"\n#include <dlfcn.h>\n',
}


def test_includes_that_go_downwards_pass(tmp_path):
    assert found(tmp_path, GOOD) == []


def test_an_include_that_goes_upwards_is_named(tmp_path):
    tree = GOOD | {"src/base/up.hpp": '#include "ledger/a.cpp"\n'}
    assert found(tmp_path, tree) == ["src/base/up.hpp: src/base may not include src/ledger/a.cpp"]


def test_a_header_beside_the_allowed_one_is_refused(tmp_path):
    tree = GOOD | {"src/ledger/d.cpp": '#include "base/load.cpp"\n'}
    assert found(tmp_path, tree) == [
        "src/ledger/d.cpp: src/ledger may not include src/base/load.cpp"
    ]


def test_a_library_outside_its_home_is_refused(tmp_path):
    tree = GOOD | {"src/view/e.cpp": "# include <dlfcn.h>\n"}
    assert found(tmp_path, tree) == ["src/view/e.cpp: only src/base/load.cpp may include <dlfcn.h>"]


def test_a_modules_own_test_may_use_any_library_but_no_higher_layer(tmp_path):
    tree = GOOD | {"src/ledger/a_test.cpp": '#include <dlfcn.h>\n#include "view/b.cpp"\n'}
    assert found(tmp_path, tree) == [
        "src/ledger/a_test.cpp: src/ledger may not include src/view/b.cpp"
    ]


def test_climbing_is_refused(tmp_path):
    tree = GOOD | {"src/view/f.cpp": '#include "../base/ids.hpp"\n'}
    assert "climbs" in found(tmp_path, tree)[0]


def test_a_file_in_an_unknown_folder_is_refused(tmp_path):
    tree = GOOD | {"src/misc/g.cpp": ""}
    assert found(tmp_path, tree) == ["src/misc/g.cpp: its folder is not in layers.ini"]


def test_a_table_that_goes_in_circles_is_refused(tmp_path):
    layers = LAYERS | {"src/base": ["src/view"]}
    assert "layers.ini: src/base includes itself by way of others" in found(tmp_path, GOOD, layers)


def test_a_place_outside_the_table_is_refused(tmp_path):
    layers = LAYERS | {"src/view": ["src/ledger", "src/nowhere"]}
    assert found(tmp_path, GOOD, layers) == [
        "layers.ini: 'src/nowhere' is in no folder of the table"
    ]


def test_a_tree_without_files_is_refused(tmp_path):
    assert found(tmp_path, {}) == ["no C or C++ file found"]


def test_the_table_of_this_repository_is_read():
    layers, only = check_layers.read_table(Path(__file__).parent / "layers.ini")
    assert layers["src/segment"] == ["src/base"]
    assert "src/collect" in only["sys/socket.h"]
