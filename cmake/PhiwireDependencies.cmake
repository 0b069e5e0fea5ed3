# Everything here is a Debian 12 package of tools/packages.debian.
if(NOT TARGET absl::status)
  find_package(absl REQUIRED)
endif()
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(yaml-cpp REQUIRED)
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto)
find_package(simdjson REQUIRED)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(HS REQUIRED IMPORTED_TARGET libhs)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
find_package(ZLIB REQUIRED)
find_package(EXPAT REQUIRED)

add_library(phiwire_externals INTERFACE)
target_link_libraries(phiwire_externals INTERFACE
  absl::status absl::statusor absl::strings PkgConfig::HS PkgConfig::RE2 PkgConfig::SQLITE
  PkgConfig::ZSTD ZLIB::ZLIB EXPAT::EXPAT
  ICU::uc ICU::i18n simdjson::simdjson yaml-cpp OpenSSL::Crypto Threads::Threads)
