#pragma once

#include <string>

#include "doctor/diagnosis.hpp"

namespace plimsoll::exporting {

std::string doctor_json(const doctor::Diagnosis& diagnosis);

}  // namespace plimsoll::exporting
