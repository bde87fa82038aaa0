#pragma once

#include <string>

#include "doctor/diagnosis.hpp"
#include "view/page.hpp"

namespace plimsoll::view {

// The verdict, a line or more per check, what to do, and how far each figure would reach.
std::string doctor_text(const doctor::Diagnosis& diagnosis, Style style);

}  // namespace plimsoll::view
