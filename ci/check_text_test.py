"""Each rule of ci/check-text has a tree that breaks it."""

import subprocess
from pathlib import Path

CHECK = Path(__file__).parent / "check-text"


def checked(folder, name, text):
    (folder / "a.cpp").write_text("int a;\n")
    (folder / name).write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    done = subprocess.run([CHECK, folder], capture_output=True, text=True)
    return done.returncode, done.stderr


def test_ordinary_files_pass(tmp_path):
    assert checked(tmp_path, "b.cpp", "// TODO(#12): more\n" * 600) == (0, "")


def test_a_file_beyond_600_lines_is_named(tmp_path):
    code, said = checked(tmp_path, "b.cpp", "int b;\n" * 601)
    assert code == 1 and "b.cpp: 601" in said


def test_a_path_of_a_home_is_named(tmp_path):
    code, said = checked(tmp_path, "b.md", "see /" + "home/ann/notes\n")
    assert code == 1 and "b.md:1" in said


def test_a_todo_without_a_number_is_named(tmp_path):
    code, said = checked(tmp_path, "b.cpp", "// TO" + "DO: more\n")
    assert code == 1 and "b.cpp:1" in said


def test_a_space_at_the_end_is_named(tmp_path):
    code, said = checked(tmp_path, "b.cpp", "int b; \n")
    assert code == 1 and "b.cpp:1" in said


def test_a_tree_without_sources_is_refused(tmp_path):
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert subprocess.run([CHECK, tmp_path], capture_output=True).returncode == 1
