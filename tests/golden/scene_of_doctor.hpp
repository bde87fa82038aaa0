#pragma once

#include "doctor/diagnosis.hpp"

namespace plimsoll::golden {

// A release that lacks a function, a Python of another version, and no device.
doctor::Diagnosis unknown_release_without_hardware();

}  // namespace plimsoll::golden
