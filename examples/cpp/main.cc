// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "phiwire/phiwire.h"

int main() {
  auto deid = phiwire::Deidentifier::Create(phiwire::Policy::SafeHarbor());
  if (!deid.ok()) return 2;
  auto out = deid->Text("Patient John Doe (MRN 12345) was born on 01/01/1980.");
  if (!out.ok()) return 1;
  std::cout << out->text << "\n";
}
